package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.journal.HistoryRecord;

/** A record of a story, and when it was made on the world's own clock. */
public record Moment(long worldNanos, HistoryRecord record) {
  public double ms() {
    return worldNanos / 1e6;
  }
}
