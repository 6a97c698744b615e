package dev.holdfast.scenarios.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.chaos.Played;
import dev.holdfast.scenarios.load.ScenarioReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults of the simulated world mean what they mean on sockets: whom, for how long, how often. */
class VirtualFaultsTest {
  private static final String TALKS = "{say: $plain, as: m1}, {expect: {terminal: m1}}";
  private static final String BACK =
      ", {expect: {state: reconnecting}}, {expect: {state: connected, within_ms: 20000}}";
  private static final String LATER =
      ", {pause_ms: 800}, {say: $plain, as: m2}, {expect: {terminal: m2}}";
  private static final long MS = 1_000_000;

  @Test
  void clockJumpSetsTheDateOfOneMachineAndOfNoOther() {
    Played played =
        play(
            "ana: [" + TALKS + LATER + "], bob: [" + TALKS + LATER + "]",
            "{at_ms: 300, do: clock_jump, args: {size: 3600000}, person: ana}");
    assertEquals(Duration.ofHours(1), ahead(played, "ana"));
    assertEquals(Duration.ZERO, ahead(played, "bob"));
    assertEquals(Duration.ZERO, ahead(played, "link"));
  }

  @Test
  void clockJumpOfAnOddSizeGoesBackOnceHoweverManyTabsAreOpen() {
    Played played =
        play(
            "ana: [" + TALKS + ", open_tab" + LATER + "]",
            "{at_ms: 400, do: clock_jump, args: {size: 60001}, person: ana}");
    assertEquals(Duration.ofMillis(-60_001), ahead(played, "ana.2"));
  }

  @Test
  void latencyOfOnePersonSlowsNobodyElse() {
    String script = "[{expect: {state: connected}}, {pause_ms: 200}, " + TALKS + "]";
    Played played =
        play(
            "ana: " + script + ", bob: " + script,
            "{at_ms: 100, do: latency, args: {latency: 700}, person: ana}");
    assertTrue(answeredAfterMs(played, "ana") > 1_400, "ana " + answeredAfterMs(played, "ana"));
    assertTrue(answeredAfterMs(played, "bob") < 200, "bob " + answeredAfterMs(played, "bob"));
  }

  @Test
  void refusalOfOnePersonRefusesNobodyElse() {
    String script = "[" + TALKS + ", {pause_ms: 1000}]";
    Played played =
        play(
            "ana: " + script + ", bob: " + script,
            "{at_ms: 0, do: handshake_status, args: {status: 503}, for_ms: 500, person: ana},"
                + " {at_ms: 0, do: accept_silent, for_ms: 300, person: ana}");
    assertTrue(count(played, "ana", "refused") > 0);
    assertEquals(0, count(played, "bob", "refused"));
  }

  @Test
  void shorterFaultDoesNotEndTheLongerOne() {
    Played played =
        play(
            "ana: [" + TALKS + BACK + "]",
            "{at_ms: 300, do: down, for_ms: 3000}, {at_ms: 400, do: down, for_ms: 100}");
    long lost = at(played, "ana", "reconnecting", 0);
    assertTrue(at(played, "ana", "connected", lost) - lost >= 2_900 * MS);
  }

  @Test
  void shorterKillDoesNotReviveWhatTheLongerOneKeepsDown() {
    Played played =
        play(
            "ana: [" + TALKS + BACK + "]",
            "{at_ms: 300, do: sigkill, for_ms: 3000}, {at_ms: 400, do: sigkill, for_ms: 100}");
    long lost = at(played, "ana", "reconnecting", 0);
    assertTrue(at(played, "ana", "connected", lost) - lost >= 2_900 * MS);
  }

  /** Beside a fault that bites all the time, one that strikes nobody is seen to. */
  @Test
  void eachFaultIsCreditedWithItsOwnBites() {
    Played played =
        play(
            "ana: [" + TALKS + "], bob: [" + TALKS + ", {pause_ms: 500}]",
            "{at_ms: 0, do: latency, args: {latency: 10}, person: ana},"
                + " {at_ms: 100, do: handshake_status, args: {status: 503}, person: bob}");
    assertTrue(bites(played, "latency") > 3);
    assertEquals(0, bites(played, "handshake_status"));
    assertEquals(Verdict.INCONCLUSIVE, played.finding().verdict());
  }

  /** As a router that forgot the connection: whoever lost something hears of it then. */
  @Test
  void halfOpenLinkIsResetWhenItIsOver() {
    Played played =
        play(
            "ana: [" + TALKS + ", {pause_ms: 500}, {say: $plain, as: m2}" + BACK + "]",
            "{at_ms: 300, do: half_open, for_ms: 2000}");
    assertEquals(Verdict.PASS, played.finding().verdict(), () -> played.finding().toString());
    long struck = fault(played, "half_open", "struck").monoNs();
    long lost = at(played, "ana", "closed", struck);
    assertEquals(2_000, (lost - struck) / MS);
  }

  @Test
  void halfOpenLinkOnWhichNothingWasLostGoesOn() {
    Played played =
        play("ana: [" + TALKS + ", {pause_ms: 4000}]", "{at_ms: 300, do: half_open, for_ms: 2000}");
    assertEquals(0, count(played, "ana", "closed"));
  }

  /** A stopped process answers whoever knocked meanwhile as soon as it goes on. */
  @Test
  void handshakeWithAStoppedServerIsAnsweredWhenItGoesOn() {
    Played played = play("ana: [" + TALKS + "]", "{at_ms: 0, do: sigstop, for_ms: 1500}");
    assertEquals(Verdict.PASS, played.finding().verdict(), () -> played.finding().toString());
    long connected = at(played, "ana", "connected", 0);
    assertTrue(connected >= 1_500 * MS && connected < 1_600 * MS, "at " + connected);
  }

  /** Production hands a session that it found to its machine with one input, and so does this. */
  @Test
  void sessionsOfAnEarlierProcessAreRecoveredAsInProduction() {
    List<ServerInput> inputs = new ArrayList<>();
    var run =
        WorldRun.reference(Profile.RESUME)
            .with(
                ClientMachine::new,
                config -> {
                  ServerStep machine = new SessionMachine(config);
                  return (state, input, now) -> {
                    inputs.add(input);
                    return machine.step(state, input, now);
                  };
                });
    var scenario =
        ChaosScenarios.ALL.stream()
            .filter(s -> s.name().equals("killed-and-restored"))
            .findFirst()
            .orElseThrow();
    assertEquals(Verdict.PASS, run.play(scenario, 1, "").finding().verdict());
    assertEquals(1, inputs.stream().filter(ServerInput.Recovered.class::isInstance).count());
    assertEquals(0, inputs.stream().filter(ServerInput.Drain.class::isInstance).count());
  }

  private static Played play(String people, String faults) {
    return WorldRun.reference(Profile.RESUME)
        .play(
            ScenarioReader.read(
                "faults.yaml",
                "{name: faults, clause: queue/replayed-once, people: {"
                    + people
                    + "}, faults: ["
                    + faults
                    + "], options: {reconnect_base_ms: 50, reconnect_cap_ms: 100,"
                    + " reconnect_jitter_ms: 10, reconnect_max_attempts: 60},"
                    + " durability: process, expect: [no_loss, every_fault_fired]}"),
            1,
            "");
  }

  /** How much further a machine's date went than its clock, from its first record to its last. */
  private static Duration ahead(Played played, String process) {
    List<HistoryRecord> own =
        played.history().stream().filter(r -> r.process().equals(process)).toList();
    HistoryRecord first = own.getFirst();
    HistoryRecord last = own.getLast();
    Duration dated = Duration.between(Instant.parse(first.wall()), Instant.parse(last.wall()));
    return Duration.ofMillis(dated.minusNanos(last.monoNs() - first.monoNs()).toMillis());
  }

  private static long answeredAfterMs(Played played, String person) {
    return (first(played, person, Kind.OK, "say") - first(played, person, Kind.INVOKE, "say")) / MS;
  }

  private static long first(Played played, String person, Kind kind, String op) {
    return played.history().stream()
        .filter(r -> r.process().equals(person) && r.kind() == kind && r.op().equals(op))
        .mapToLong(HistoryRecord::monoNs)
        .min()
        .orElseThrow();
  }

  private static long at(Played played, String person, String state, long notBefore) {
    return played.history().stream()
        .filter(r -> r.process().equals(person) && r.op().equals(state) && r.monoNs() >= notBefore)
        .mapToLong(HistoryRecord::monoNs)
        .min()
        .orElseThrow();
  }

  private static long count(Played played, String person, String op) {
    return played.history().stream()
        .filter(r -> r.process().equals(person) && r.op().equals(op))
        .count();
  }

  private static long bites(Played played, String fault) {
    return fault(played, fault, "over").number("bites", -1);
  }

  private static HistoryRecord fault(Played played, String fault, String phase) {
    return played.history().stream()
        .filter(r -> r.kind() == Kind.FAULT && r.op().equals(fault))
        .filter(r -> phase.equals(r.text("phase")))
        .findFirst()
        .orElseThrow();
  }
}
