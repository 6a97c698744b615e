package dev.holdfast.scenarios.world;

import dev.holdfast.client.ClientListener;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.scenarios.chaos.FaultJournal;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import dev.holdfast.scenarios.model.Scenario.Trigger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** The faults of a scenario in the simulated network, by the names that the fault proxy uses. */
final class VirtualFaults {
  /** What the simulated world can do. */
  static final Set<String> KNOWN = known();

  private static final long MS_PER_S = 1_000;
  private static final long BYTES_PER_KB = 1_000;

  /** What the reference asks for and allows when it drains. */
  private static final long RETRY_AFTER_MS = 1_000;

  private static final long DRAIN_MS = 10_000;

  private final Agenda agenda;
  private final Clock clock;
  private final VirtualNetwork network;
  private final FaultJournal journal;
  private final Scenario scenario;
  private final Set<String> absent;
  private final Map<String, Clock> machines;
  private final List<Awaited> awaited;
  private final List<AtWork> active = new ArrayList<>();

  /** A fault that waits for the nth frame of a type. */
  private static final class Awaited {
    private final FaultPlan plan;
    private int seen;

    Awaited(FaultPlan plan) {
      this.plan = plan;
    }

    /** Whether this is the frame that it waits for. */
    boolean isMet(String person, Frame frame) {
      Trigger trigger = plan.trigger();
      return trigger != null
          && trigger.person().equals(person)
          && trigger.counts(frame)
          && ++seen == trigger.nth();
    }
  }

  /** A fault that has struck and is not over, and the links that were open as it did. */
  private record AtWork(FaultPlan plan, Mischief by, List<VirtualLink> links, long until) {
    void begins(VirtualNetwork network, Wrong wrong) {
      network.weather().begins(by, wrong);
    }

    void each(Consumer<VirtualLink> deed) {
      for (VirtualLink link : links) {
        by.bit();
        deed.accept(link);
      }
    }

    boolean upward() {
      return !plan.args().getOrDefault("stream", "both").equals("downstream");
    }

    boolean downward() {
      return !plan.args().getOrDefault("stream", "both").equals("upstream");
    }
  }

  /**
   * The faults of a scenario.
   *
   * @param machines everybody's clock, by their name
   */
  VirtualFaults(
      Agenda agenda,
      VirtualNetwork network,
      Map<String, Clock> machines,
      FaultJournal journal,
      Scenario scenario) {
    this.agenda = agenda;
    this.machines = machines;
    clock = Clock.accurate(agenda);
    this.network = network;
    this.journal = journal;
    this.scenario = scenario;
    absent = new HashSet<>(scenario.people().keySet());
    awaited = scenario.faults().stream().map(Awaited::new).toList();
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
    List.copyOf(active).forEach(this::heal);
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
          awaited.stream()
              .filter(one -> one.isMet(person, frame))
              .forEach(one -> agenda.in(0, () -> strike(one.plan)));
        }
      }
    };
  }

  private void strike(FaultPlan plan) {
    String person = plan.person();
    Mischief by = person == null ? Mischief.againstEverybody() : Mischief.against(person);
    AtWork one = new AtWork(plan, by, meant(by), endOf(plan));
    Tick now = clock.tick();
    journal.struck(plan, now.monotonicNanos(), now.wall());
    active.add(one);
    if (FrameMeddler.KNOWN.contains(plan.fault())) {
      network.meddlers().add(new FrameMeddler(agenda, by, plan));
    } else {
      make(one);
    }
    if (plan.forMs() > 0) {
      agenda.in(plan.forMs(), () -> heal(one));
    }
  }

  private long endOf(FaultPlan plan) {
    return plan.forMs() == 0 ? Long.MAX_VALUE : agenda.now() + plan.forMs() * Tick.NANOS_PER_MS;
  }

  private void make(AtWork one) {
    FaultPlan plan = one.plan();
    switch (plan.fault()) {
      case "down" -> {
        one.begins(network, new Wrong.Down());
        one.each(VirtualLink::cut);
      }
      case Scenario.SIGKILL -> network.servers().forEach(s -> operator().kill(s, one.by()));
      case Scenario.SIGSTOP -> stands(one);
      case Scenario.SIGTERM ->
          network
              .servers()
              .forEach(
                  s -> operator().stop(s, one.by(), RETRY_AFTER_MS, Math.max(1, plan.forMs())));
      case Scenario.FLAG_OFF -> operator().switchOff(one.by(), 0, DRAIN_MS);
      case Scenario.CLOCK_JUMP -> jump(one);
      case "half_open" -> silence(one);
      case "latency" ->
          one.begins(network, new Wrong.Slow(plan.number("latency", 0), plan.number("jitter", 0)));
      case "bandwidth" -> narrow(one);
      case "reset_peer" -> one.each(VirtualLink::cut);
      case "accept_silent" -> one.begins(network, new Wrong.Holding(one.until()));
      case "handshake_status" ->
          one.begins(
              network,
              new Wrong.Refusing(
                  (int) plan.number("status", 503), plan.number("retry_after_s", 0) * MS_PER_S));
      default -> throw new IllegalArgumentException("the world has no fault " + plan.fault());
    }
  }

  private void unmake(AtWork one) {
    network.weather().ends(one.by());
    network.meddlers().removeIf(meddler -> meddler.by().equals(one.by()));
    switch (one.plan().fault()) {
      case Scenario.SIGKILL -> network.servers().forEach(s -> operator().revive(s, one.by()));
      case Scenario.SIGTERM -> network.servers().forEach(s -> operator().replace(s, one.by()));
      case Scenario.FLAG_OFF -> operator().switchOn(one.by());
      case "half_open" -> one.links().forEach(VirtualLink::resetIfSwallowed);
      default -> {}
    }
  }

  /** Nothing moves, handshakes neither; what was under way arrives when it is over. */
  private void stands(AtWork one) {
    one.begins(network, new Wrong.Holding(one.until()));
    hold(one);
  }

  /** A rate of 0 is a stall without loss. */
  private void narrow(AtWork one) {
    long rate = one.plan().number("rate", 0);
    if (rate == 0) {
      stands(one);
    } else {
      one.begins(network, new Wrong.Narrow(rate * BYTES_PER_KB));
    }
  }

  private void hold(AtWork one) {
    one.each(link -> link.hold(one.by(), one.until(), one.upward(), one.downward()));
  }

  private void silence(AtWork one) {
    if (one.plan().args().getOrDefault("new_connections", "pass").equals("silent")) {
      one.begins(network, new Wrong.Swallowing(one.until()));
    }
    one.each(link -> link.silence(one.by(), one.upward(), one.downward()));
  }

  /** Sets the date of a person's machine, or of the servers' where nobody is named. */
  private void jump(AtWork one) {
    one.by().bit();
    long ms = FaultKind.jumpMs(one.plan().number("size", 0));
    String person = one.plan().person();
    if (person == null) {
      network.servers().forEach(server -> server.clock().jump(ms));
    } else {
      Objects.requireNonNull(machines.get(person), person).jump(ms);
    }
  }

  private List<VirtualLink> meant(Mischief by) {
    return network.links().stream().filter(link -> by.strikes(link.client())).toList();
  }

  private Operator operator() {
    return network.operator();
  }

  private static Set<String> known() {
    Set<String> known = new HashSet<>(FrameMeddler.KNOWN);
    known.addAll(Scenario.OF_SERVER);
    known.addAll(
        List.of(
            Scenario.CLOCK_JUMP,
            "down",
            "half_open",
            "latency",
            "bandwidth",
            "reset_peer",
            "accept_silent",
            "handshake_status"));
    return known;
  }

  private void heal(AtWork one) {
    if (!active.remove(one)) {
      return;
    }
    unmake(one);
    Tick now = clock.tick();
    journal.over(one.plan(), one.by().bites(), now.monotonicNanos(), now.wall());
  }
}
