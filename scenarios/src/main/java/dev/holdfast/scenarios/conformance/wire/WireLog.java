package dev.holdfast.scenarios.conformance.wire;

import dev.holdfast.report.result.Direction;
import dev.holdfast.report.result.TraceLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What the peers of one case sent and received, with times from its beginning; of a long story its
 * beginning and its end.
 */
public final class WireLog {
  private static final int MAX_FIRST = 200;
  private static final int MAX_LAST = 200;

  /** Longer texts are cut, and end in an ellipsis then. */
  private static final int MAX_TEXT = 600;

  private final long startedNanos = System.nanoTime();
  private final List<TraceLine> first = new ArrayList<>();
  private final Deque<TraceLine> last = new ArrayDeque<>();
  private int dropped;

  public long nowMs() {
    return (System.nanoTime() - startedNanos) / 1_000_000;
  }

  synchronized void add(String peer, Direction direction, String text) {
    String shown = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    TraceLine line = new TraceLine(nowMs(), peer, direction, Secrets.masked(shown));
    if (first.size() < MAX_FIRST) {
      first.add(line);
      return;
    }
    last.add(line);
    if (last.size() > MAX_LAST) {
      last.remove();
      dropped++;
    }
  }

  /** Something that was said or happened beside the connections. */
  public void note(String who, Direction direction, String text) {
    add(who, direction, text);
  }

  /** Something that happened beside the connections. */
  public void note(String who, String what) {
    note(who, Direction.EVENT, what);
  }

  void add(String peer, Event event) {
    switch (event) {
      case Event.Text t -> add(peer, Direction.RECEIVED, t.text());
      case Event.Binary b -> add(peer, Direction.RECEIVED, "binary frame, " + b.bytes() + " bytes");
      case Event.Closed c -> add(peer, Direction.EVENT, "closed " + c.code() + " " + c.reason());
    }
  }

  /** Whether all that happened so far is kept. */
  public synchronized boolean isWhole() {
    return dropped == 0;
  }

  /** What happened so far, and how much more there was than is kept. */
  public synchronized List<TraceLine> lines() {
    List<TraceLine> all = new ArrayList<>(first);
    if (dropped > 0) {
      long atMs = last.getFirst().atMs();
      all.add(new TraceLine(atMs, "", Direction.EVENT, "(" + dropped + " more, left out)"));
    }
    all.addAll(last);
    return all;
  }
}
