package dev.holdfast.scenarios.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.broken.BrokenClients;
import dev.holdfast.scenarios.broken.BrokenServers;
import dev.holdfast.scenarios.broken.BrokenTwin.Breakage;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.load.ScenarioReader;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.server.misbehaviour.Misbehaviour;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference passes every scenario of the world; a wrong core fails the one that is meant. */
class WorldTwinsTest {
  private static final long SEED = 42;

  /** Nothing goes wrong, and nobody waits for the answer. */
  private static final String CALM = "calm";

  /** One message more than may wait. */
  private static final String MANY = "many";

  private static final List<Scenario> OWN =
      List.of(
          scenario(CALM, "{say: $plain, as: m1}, {pause_ms: 3000}", "[]"),
          scenario(
              MANY,
              "{expect: {state: connected}}, {expect: {state: reconnecting}},"
                  + " {say: $plain, times: 101, as: q}, {expect: {state: connected, within_ms: 9000}},"
                  + " {pause_ms: 9000}",
              "[{at_ms: 300, do: down, for_ms: 2000}]"));

  /** What notices beside the checkers: a step of a script that did not go as written. */
  private static final String SCRIPT = "";

  static Stream<Arguments> everyScenario() {
    List<Scenario> all = Stream.concat(OWN.stream(), ChaosScenarios.ALL.stream()).toList();
    return Stream.of(Profile.values())
        .flatMap(p -> all.stream().map(s -> Arguments.of(p, s.name(), s)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyScenario")
  void referencePasses(Profile profile, String name, Scenario scenario) {
    for (long seed = SEED; seed < SEED + 3; seed++) {
      Finding finding = WorldRun.reference(profile).play(scenario, seed, "").finding();
      Verdict due = scenario.appliesTo(profile) ? Verdict.PASS : Verdict.NOT_APPLICABLE;
      assertEquals(due, finding.verdict(), name + " at seed " + seed + ": " + finding);
    }
  }

  static Stream<Arguments> clients() {
    String hundred = "hundred-wait-through-four-attempts";
    return Stream.of(
        client("drops the oldest", Profile.CORE, hundred, SCRIPT, BrokenClients::dropsTheOldest),
        client("drops the oldest", Profile.CORE, MANY, "no_loss", BrokenClients::dropsTheOldest),
        client("drops the oldest", Profile.RESUME, MANY, "no_loss", BrokenClients::dropsTheOldest),
        client(
            "sends newest first",
            Profile.CORE,
            hundred,
            "in_order",
            BrokenClients::sendsNewestFirst),
        client("hammers", Profile.CORE, hundred, "reconnect_delays", BrokenClients::hammers),
        client(
            "hammers in secret",
            Profile.CORE,
            hundred,
            "reconnect_delays",
            BrokenClients::hammersInSecret),
        client("gives up at once", Profile.CORE, hundred, SCRIPT, BrokenClients::givesUpAtOnce),
        client("never notices", Profile.CORE, "half-open", SCRIPT, BrokenClients::neverNotices),
        client("never notices", Profile.RESUME, "half-open", SCRIPT, BrokenClients::neverNotices));
  }

  private static Arguments client(
      String name,
      Profile profile,
      String scenario,
      String noticedBy,
      Function<ClientConfig, ClientStep> twin) {
    return Arguments.of(name, profile, scenario, noticedBy, twin);
  }

  @ParameterizedTest(name = "client that {0}, {1}: {2} by {3}")
  @MethodSource("clients")
  void brokenClientIsCaught(
      String name,
      Profile profile,
      String scenario,
      String noticedBy,
      Function<ClientConfig, ClientStep> twin) {
    WorldRun run = WorldRun.reference(profile).with(twin, SessionMachine::new);
    caught(run.play(named(scenario), SEED, "").finding(), noticedBy);
  }

  static Stream<Arguments> servers() {
    String cut = "cut-mid-run";
    return Stream.of(
        Arguments.of("drops-queue", Profile.CORE, cut, SCRIPT),
        Arguments.of("drops-queue", Profile.RESUME, cut, SCRIPT),
        Arguments.of("never-answers", Profile.CORE, cut, SCRIPT),
        Arguments.of("never-answers", Profile.CORE, CALM, "no_loss"),
        Arguments.of("never-answers", Profile.RESUME, CALM, "no_loss"),
        Arguments.of("two-terminals", Profile.CORE, cut, "no_duplicate"),
        Arguments.of("two-terminals", Profile.CORE, cut, "one_terminal"),
        Arguments.of("two-terminals", Profile.RESUME, cut, "no_duplicate"),
        Arguments.of("error-after-answer", Profile.CORE, cut, "one_terminal"),
        Arguments.of("reorders-replay", Profile.CORE, cut, "one_terminal"),
        Arguments.of("tool-after-terminal", Profile.CORE, cut, "one_terminal"),
        Arguments.of("run-dies-with-its-socket", Profile.CORE, cut, SCRIPT),
        Arguments.of(
            "newest-first", Profile.CORE, "hundred-wait-through-four-attempts", "in_order"));
  }

  @ParameterizedTest(name = "server {0}, {1}: {2} by {3}")
  @MethodSource("servers")
  void brokenServerIsCaught(String name, Profile profile, String scenario, String noticedBy) {
    WorldRun run =
        WorldRun.reference(profile)
            .with(ClientMachine::new, config -> bend(name).apply(new SessionMachine(config)));
    Finding finding = run.play(named(scenario), SEED, "").finding();
    // Core only recommends to keep what could not be delivered.
    boolean warns = profile == Profile.CORE && noticedBy.equals(SCRIPT);
    caught(warns ? Verdict.WARN : Verdict.FAIL, finding, noticedBy);
  }

  /** Harmless against a server that knows ids; worked on twice by one that does not. */
  @Test
  void clientThatWritesAgainIsCaughtBesideAServerThatForgetsIds() {
    var forgetful = Misbehaviour.named("forgets-ids");
    WorldRun twice =
        WorldRun.reference(Profile.CORE)
            .with(
                BrokenClients::writesAgain, config -> forgetful.apply(new SessionMachine(config)));
    caught(twice.play(named("cut-mid-run"), SEED, "").finding(), "no_duplicate");
    WorldRun once =
        WorldRun.reference(Profile.CORE)
            .with(ClientMachine::new, config -> forgetful.apply(new SessionMachine(config)));
    Finding sound = once.play(named("cut-mid-run"), SEED, "").finding();
    assertEquals(Verdict.PASS, sound.verdict(), sound::toString);
  }

  private static UnaryOperator<ServerStep> bend(String name) {
    return BrokenServers.find(name)
        .map(t -> ((Breakage.Bent) t.breakage()).bend().get())
        .orElseGet(() -> Misbehaviour.named(name));
  }

  private static Scenario named(String name) {
    return Stream.concat(OWN.stream(), ChaosScenarios.ALL.stream())
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Scenario scenario(String name, String script, String faults) {
    String head = "{name: " + name + ", clause: queue/nothing-queued-is-dropped, ";
    String people = "people: {ana: [" + script + "]}, faults: " + faults + ", ";
    String expect = "expect: [no_loss, no_duplicate, in_order, one_terminal, every_fault_fired]}";
    return ScenarioReader.read(name, head + people + expect);
  }

  private static void caught(Finding finding, String noticedBy) {
    caught(Verdict.FAIL, finding, noticedBy);
  }

  private static void caught(Verdict due, Finding finding, String noticedBy) {
    assertEquals(due, finding.verdict(), finding::toString);
    if (!noticedBy.isEmpty()) {
      List<Verdict> verdicts =
          finding.checks().stream()
              .filter(c -> Objects.equals(c.checker(), noticedBy))
              .map(CheckResult::verdict)
              .toList();
      assertEquals(List.of(Verdict.FAIL), verdicts, () -> finding.checks().toString());
    }
  }
}
