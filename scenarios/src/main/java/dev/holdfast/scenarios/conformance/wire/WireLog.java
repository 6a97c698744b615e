package dev.holdfast.scenarios.conformance.wire;

import dev.holdfast.report.result.Direction;
import dev.holdfast.report.result.TraceLine;
import java.util.ArrayList;
import java.util.List;

/** Everything that the peers of one case sent and received, with times from its beginning. */
public final class WireLog {
  private static final int MAX_LINES = 400;
  private static final int MAX_TEXT = 600;

  private final long startedNanos = System.nanoTime();
  private final List<TraceLine> lines = new ArrayList<>();
  private int dropped;

  public long nowMs() {
    return (System.nanoTime() - startedNanos) / 1_000_000;
  }

  synchronized void add(String peer, Direction direction, String text) {
    if (lines.size() >= MAX_LINES) {
      dropped++;
      return;
    }
    String shown = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    lines.add(new TraceLine(nowMs(), peer, direction, Secrets.masked(shown)));
  }

  void add(String peer, Event event) {
    switch (event) {
      case Event.Text t -> add(peer, Direction.RECEIVED, t.text());
      case Event.Binary b -> add(peer, Direction.RECEIVED, "binary frame, " + b.bytes() + " bytes");
      case Event.Closed c -> add(peer, Direction.EVENT, "closed " + c.code() + " " + c.reason());
    }
  }

  /** What happened so far, and how much more there was than is kept. */
  public synchronized List<TraceLine> lines() {
    List<TraceLine> all = new ArrayList<>(lines);
    if (dropped > 0) {
      all.add(new TraceLine(nowMs(), "", Direction.EVENT, "and " + dropped + " more"));
    }
    return all;
  }
}
