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
    if (FrameMeddler.KNOWN.contains(plan.fault())) {
      network.meddlers().add(new FrameMeddler(agenda, network, plan));
    } else {
      make(plan);
    }
    if (plan.forMs() > 0) {
      agenda.in(plan.forMs(), () -> heal(plan));
    }
  }

  private void make(FaultPlan plan) {
    switch (plan.fault()) {
      case "down" -> down(plan);
      case Scenario.SIGKILL -> network.servers().forEach(network::crash);
      case Scenario.SIGSTOP -> freeze(plan);
      case Scenario.SIGTERM -> {
        network.bit();
        network.servers().forEach(s -> s.drain(RETRY_AFTER_MS, Math.max(1, plan.forMs()), true));
      }
      case Scenario.FLAG_OFF -> switched(false);
      case Scenario.CLOCK_JUMP -> {
        network.bit();
        meant(plan).forEach(link -> link.client().clock().jump(plan.number("size", 0)));
      }
      case "half_open" -> each(plan, link -> link.silence(true, true));
      case "latency" -> network.slow(plan.number("latency", 0), plan.number("jitter", 0));
      case "bandwidth" -> narrowed(plan);
      case "reset_peer" -> each(plan, VirtualLink::cut);
      case "accept_silent" -> network.mute(true);
      case "handshake_status" ->
          network.refuse(
              (int) plan.number("status", 503), plan.number("retry_after_s", 0) * MS_PER_S);
      default -> throw new IllegalArgumentException("the world has no fault " + plan.fault());
    }
  }

  private void unmake(FaultPlan plan) {
    switch (plan.fault()) {
      case "down" -> up(plan);
      case Scenario.SIGKILL -> network.servers().forEach(VirtualServer::restart);
      case Scenario.SIGSTOP, "accept_silent" -> network.mute(false);
      case Scenario.SIGTERM ->
          network
              .servers()
              .forEach(s -> {
                network.crash(s);
                s.restart();
              });
      case Scenario.FLAG_OFF -> switched(true);
      case "latency" -> network.slow(0, 0);
      case "bandwidth" -> network.narrow(0);
      case "handshake_status" -> network.welcome();
      default -> {}
    }
  }

  private void down(FaultPlan plan) {
    if (plan.person() == null) {
      network.goDown();
    } else {
      network.bar(plan.person(), true);
      each(plan, VirtualLink::cut);
    }
  }

  private void up(FaultPlan plan) {
    if (plan.person() == null) {
      network.goUp();
    } else {
      network.bar(plan.person(), false);
    }
  }

  /** Nothing moves and nobody answers a handshake; what was under way arrives when it is over. */
  private void freeze(FaultPlan plan) {
    network.mute(true);
    hold(plan);
  }

  /** A rate of 0 is a stall without loss. */
  private void narrowed(FaultPlan plan) {
    long rate = plan.number("rate", 0);
    if (rate == 0) {
      hold(plan);
    } else {
      network.narrow(rate * BYTES_PER_KB);
    }
  }

  private void hold(FaultPlan plan) {
    long until = agenda.now() + plan.forMs() * Tick.NANOS_PER_MS;
    String stream = String.valueOf(plan.args().getOrDefault("stream", "both"));
    each(plan, link -> link.hold(until, !stream.equals("downstream"), !stream.equals("upstream")));
  }

  private void switched(boolean on) {
    network.bit();
    network.websocket(on);
    for (VirtualServer server : network.servers()) {
      if (on) {
        server.undrain();
      } else {
        server.drain(0, DRAIN_MS, false);
      }
    }
  }

  private void each(FaultPlan plan, Consumer<VirtualLink> deed) {
    for (VirtualLink link : meant(plan)) {
      network.bit();
      deed.accept(link);
    }
  }

  private List<VirtualLink> meant(FaultPlan plan) {
    return network.links().stream().filter(link -> strikes(plan, link)).toList();
  }

  /** A person's tabs are called like the person, and a number. */
  static boolean strikes(FaultPlan plan, VirtualLink link) {
    String person = plan.person();
    String name = link.client().name();
    return person == null || name.equals(person) || name.startsWith(person + ".");
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

  private void heal(FaultPlan plan) {
    Long before = active.remove(plan);
    if (before == null) {
      return;
    }
    network.meddlers().removeIf(meddler -> meddler.plan().equals(plan));
    unmake(plan);
    Tick now = clock.tick();
    journal.over(plan, network.bites() - before, now.monotonicNanos(), now.wall());
  }
}
