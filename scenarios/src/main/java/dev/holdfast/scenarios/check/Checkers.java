package dev.holdfast.scenarios.check;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All checkers by name. */
public final class Checkers {
  /** The checker whose question is a scenario's premise: whether its faults struck. */
  public static final String EVERY_FAULT_FIRED = "every_fault_fired";

  private static final Map<String, Checker> BY_NAME = new TreeMap<>();

  static {
    for (Checker checker :
        List.of(
            new NoLoss(),
            new NoDuplicate(),
            new InOrder(),
            new OneTerminal(),
            new DeltasJoin(),
            new ToolsOnce(),
            new QueueBound(),
            new ReconnectDelays(),
            new HeartbeatDeadlines(),
            new Liveness(),
            new StatesAllowed(),
            new FaultTransparency(),
            new Positions(),
            new AcksInTime(),
            new Delivery(),
            new SameTranscript(),
            new PresenceInTime(),
            new PushOnce(),
            new NoBlame(),
            new ShownOnce(),
            new PongsInTime(),
            new EveryFaultFired())) {
      BY_NAME.put(checker.name(), checker);
    }
  }

  private Checkers() {}

  public static java.util.Set<String> names() {
    return BY_NAME.keySet();
  }

  public static List<Checker> all() {
    return List.copyOf(BY_NAME.values());
  }

  /**
   * The checker of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Checker named(String name) {
    Checker checker = BY_NAME.get(name);
    if (checker == null) {
      throw new IllegalArgumentException("no checker is called " + name);
    }
    return checker;
  }
}
