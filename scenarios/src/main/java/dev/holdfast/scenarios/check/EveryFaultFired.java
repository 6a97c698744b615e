package dev.holdfast.scenarios.check;

/** Every fault of the story bit: one that never did proves nothing. */
final class EveryFaultFired implements Checker {

  @Override
  public String name() {
    return Checkers.EVERY_FAULT_FIRED;
  }

  @Override
  public String requirement() {
    return "Every fault of the scenario struck.";
  }

  @Override
  public String premise() {
    return "A fault was planned.";
  }

  @Override
  public Judged judge(History history) {
    int fired = 0;
    int planned = 0;
    for (Event e : history.events()) {
      if (!(e.fact() instanceof Fact.Fault fault)) {
        continue;
      }
      switch (fault.phase()) {
        case "planned" -> planned++;
        case "over" -> {
          if (fault.bites() == 0) {
            return Judged.unknown("the fault " + fault.name() + " never struck");
          }
          fired++;
        }
        default -> {}
      }
    }
    if (planned == 0) {
      return Judged.excluded("no fault was planned");
    }
    return fired < planned
        ? Judged.unknown((planned - fired) + " of " + planned + " faults never struck")
        : Judged.holds(fired + " faults struck");
  }
}
