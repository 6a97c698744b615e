package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;

/** Every fault of the story bit: one that never did proves nothing. */
final class EveryFaultFired implements Checker {

  @Override
  public String name() {
    return "every_fault_fired";
  }

  @Override
  public String requirement() {
    return "Every fault of the scenario struck.";
  }

  @Override
  public Judged judge(History history) {
    int fired = 0;
    for (HistoryRecord r : history.records()) {
      if (r.kind() != Kind.FAULT || !"over".equals(r.text("phase"))) {
        continue;
      }
      if (r.number("bites", 0) == 0) {
        return Judged.unknown("the fault " + r.op() + " never struck");
      }
      fired++;
    }
    long planned =
        history.records().stream()
            .filter(r -> r.kind() == Kind.FAULT && "planned".equals(r.text("phase")))
            .count();
    return fired < planned
        ? Judged.unknown((planned - fired) + " of " + planned + " faults never struck")
        : Judged.holds(fired + " faults struck");
  }
}
