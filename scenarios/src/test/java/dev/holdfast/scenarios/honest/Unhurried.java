package dev.holdfast.scenarios.honest;

import dev.holdfast.scenarios.broken.Meddling;
import dev.holdfast.scenarios.broken.Meddling.Line;
import dev.holdfast.scenarios.broken.WireFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Unusual and legitimate times at which frames come. */
final class Unhurried {
  private static final long GREETING_MS = 1_500;
  private static final long BUNCH_MS = 250;

  private Unhurried() {}

  /** The conversation is loaded first: the greeting and all behind it come later. */
  static Meddling greeting() {
    return new Meddling() {
      private final Set<Line> greeted = ConcurrentHashMap.newKeySet();

      @Override
      public List<WireFrame> toPeer(Line line, WireFrame frame) {
        if (greeted.add(line)) {
          pause(GREETING_MS);
        }
        return List.of(frame);
      }

      @Override
      public void ended(Line line) {
        greeted.remove(line);
      }
    };
  }

  /** What is sent within a quarter of a second is delivered together. */
  static Meddling bunches() {
    return new Meddling() {
      private final Map<Line, Bunch> bunches = new ConcurrentHashMap<>();

      @Override
      public List<WireFrame> toPeer(Line line, WireFrame frame) {
        return bunches.computeIfAbsent(line, Bunch::new).with(frame);
      }

      @Override
      public void ended(Line line) {
        bunches.remove(line);
      }
    };
  }

  /** What waits for one connection; a peer that does not read keeps only its own frames waiting. */
  private static final class Bunch {
    private final Line line;
    private final List<WireFrame> waiting = new ArrayList<>();

    Bunch(Line line) {
      this.line = line;
    }

    /** What goes out at once: nothing, or all when the frame ends the connection. */
    synchronized List<WireFrame> with(WireFrame frame) {
      waiting.add(frame);
      if (!frame.is(WireFrame.TEXT)) {
        List<WireFrame> all = List.copyOf(waiting);
        waiting.clear();
        return all;
      }
      if (waiting.size() == 1) {
        Thread.ofVirtual().start(this::deliverLater);
      }
      return List.of();
    }

    private void deliverLater() {
      pause(BUNCH_MS);
      synchronized (this) {
        waiting.forEach(line::tellPeer);
        waiting.clear();
      }
    }
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
