package dev.holdfast.scenarios.world;

import dev.holdfast.client.ClientListener;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.scenarios.chaos.FaultJournal;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import dev.holdfast.scenarios.model.Scenario.Trigger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The faults of a scenario in the simulated network, by the names that the fault proxy uses. */
final class VirtualFaults {
  /** What the simulated network can do. */
  static final Set<String> KNOWN =
      Set.of("down", "half_open", "latency", "reset_peer", Scenario.SIGKILL);

  private final Agenda agenda;
  private final Clock clock;
  private final VirtualNetwork network;
  private final FaultJournal journal;
  private final Scenario scenario;
  private final Set<String> absent;
  private final Map<FaultPlan, Integer> counts = new HashMap<>();
  private final Map<FaultPlan, Long> active = new LinkedHashMap<>();

  VirtualFaults(Agenda agenda, VirtualNetwork network, FaultJournal journal, Scenario scenario) {
    this.agenda = agenda;
    clock = Clock.accurate(agenda);
    this.network = network;
    this.journal = journal;
    this.scenario = scenario;
    absent = new HashSet<>(scenario.people().keySet());
  }

  void plan() {
    for (FaultPlan plan : scenario.faults()) {
      journal.planned(plan, agenda.now(), clock.tick().wall());
      if (plan.trigger() == null && plan.atMs() == 0) {
        strike(plan);
      }
    }
  }

  /** Everybody is connected: the times of the faults count from here. */
  private void everybodyIsThere() {
    for (FaultPlan plan : scenario.faults()) {
      if (plan.trigger() == null && plan.atMs() > 0) {
        agenda.in(plan.atMs(), () -> strike(plan));
      }
    }
  }

  /** The story is over, and so are its faults. */
  void endAll() {
    List.copyOf(active.keySet()).forEach(this::heal);
  }

  /** Watches what a person receives, and when it is first connected. */
  ClientListener watching(String person) {
    return new ClientListener() {
      @Override
      public void onState(LinkState state, int attempt, long delayMs, String reason) {
        if (state == LinkState.CONNECTED && absent.remove(person) && absent.isEmpty()) {
          everybodyIsThere();
        }
      }

      @Override
      public void onFrame(Seen seen) {
        Frame frame = seen.frame();
        if (seen.direction() == Direction.IN && frame != null) {
          scenario.faults().forEach(plan -> count(plan, person, frame));
        }
      }
    };
  }

  private void count(FaultPlan plan, String person, Frame frame) {
    Trigger trigger = plan.trigger();
    if (trigger != null
        && trigger.person().equals(person)
        && trigger.type().equals(frame.type().word())
        && counts.merge(plan, 1, Integer::sum) == trigger.nth()) {
      agenda.in(0, () -> strike(plan));
    }
  }

  private void strike(FaultPlan plan) {
    Tick now = clock.tick();
    journal.struck(plan, now.monotonicNanos(), now.wall());
    active.put(plan, network.bites());
    switch (plan.fault()) {
      case "down" -> network.goDown();
      case Scenario.SIGKILL -> network.servers().forEach(network::crash);
      case "half_open" -> network.links().forEach(link -> link.silence(true, true));
      case "latency" -> network.slow(number(plan, "latency"), number(plan, "jitter"));
      case "reset_peer" -> network.cutAll();
      default -> throw new IllegalArgumentException("the world has no fault " + plan.fault());
    }
    if (plan.forMs() > 0) {
      agenda.in(plan.forMs(), () -> heal(plan));
    }
  }

  private void heal(FaultPlan plan) {
    Long before = active.remove(plan);
    if (before == null) {
      return;
    }
    switch (plan.fault()) {
      case "down" -> network.goUp();
      case Scenario.SIGKILL -> network.servers().forEach(VirtualServer::restart);
      case "latency" -> network.slow(0, 0);
      default -> {}
    }
    Tick now = clock.tick();
    journal.over(plan, network.bites() - before, now.monotonicNanos(), now.wall());
  }

  private static long number(FaultPlan plan, String name) {
    return plan.args().get(name) instanceof Number n ? n.longValue() : 0;
  }
}
