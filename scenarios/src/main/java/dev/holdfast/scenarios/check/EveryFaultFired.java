package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.client.LinkState;
import java.util.HashSet;
import java.util.Set;

/**
 * Every fault of the scenario affected traffic: one that never did proves nothing.
 *
 * <p>A half-open link is the exception. It affects a connection by being silent, and the client
 * that fails to notice it may send nothing that the link could swallow. It has struck when a client
 * was connected while it began.
 */
final class EveryFaultFired implements Checker {
  private static final String HALF_OPEN = "half_open";

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
    boolean silenced = false;
    Set<String> connected = new HashSet<>();
    for (Event e : history.events()) {
      switch (e.fact()) {
        case Fact.Shown shown when shown.state() == LinkState.CONNECTED ->
            connected.add(e.process());
        case Fact.Shown left -> connected.remove(e.process());
        case Fact.Fault fault when fault.phase().equals("planned") -> planned++;
        case Fact.Fault fault when fault.phase().equals("struck") ->
            silenced |= fault.name().equals(HALF_OPEN) && !connected.isEmpty();
        case Fact.Fault fault when fault.phase().equals("over") -> {
          if (fault.bites() == 0 && !(silenced && fault.name().equals(HALF_OPEN))) {
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
