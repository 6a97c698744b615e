package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashSet;
import java.util.Set;

/** Whatever the network does twice, the application is given once: read off what was delivered. */
final class ShownOnce implements Checker {

  @Override
  public String name() {
    return "shown_once";
  }

  @Override
  public String requirement() {
    return "No positioned frame of a run reaches the application twice.";
  }

  @Override
  public String premise() {
    return "A frame with a position was shown.";
  }

  @Override
  public Judged judge(History history) {
    Set<String> shown = new HashSet<>();
    for (HistoryRecord r : history.records()) {
      String run = r.text("run_id");
      long seq = r.number("seq", -1);
      if (r.source() == Source.CLIENT && r.op().equals("deliver") && run != null && seq > 0) {
        if (!shown.add(r.process() + " " + run + " " + seq)) {
          return Judged.brokenBy(
              Source.CLIENT, r.process() + " was shown position " + seq + " of " + run + " twice");
        }
      }
    }
    return shown.isEmpty()
        ? Judged.unknown("nothing that has a position was shown")
        : Judged.holds(shown.size() + " frames shown, none twice");
  }
}
