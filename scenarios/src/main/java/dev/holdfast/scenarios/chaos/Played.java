package dev.holdfast.scenarios.chaos;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.Finding;
import java.util.List;

/** A scenario that was played: what was concluded, and the history that it rests on. */
public record Played(Finding finding, List<HistoryRecord> history) {
  public Played {
    history = List.copyOf(history);
  }
}
