package dev.holdfast.scenarios.blame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.report.result.Blame;
import dev.holdfast.report.result.Culprit;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Level;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.broken.BrokenClients;
import dev.holdfast.scenarios.broken.HangsAfterDeathInReplay;
import dev.holdfast.scenarios.broken.OneRunId;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.load.ScenarioReader;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.world.WorldRun;
import dev.holdfast.server.misbehaviour.Misbehaviour;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Three broken servers and three broken clients: found, blamed rightly, and told why. */
class BlameTest {
  private static final long SEED = 42;

  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of(
            "drops-queue",
            Misbehaviour.named("drops-queue"),
            Profile.CORE,
            "cut-mid-run",
            "must wait and be replayed"),
        Arguments.of(
            "drops-queue",
            Misbehaviour.named("drops-queue"),
            Profile.RESUME,
            "cut-mid-run",
            "its own journal has the run's end"),
        Arguments.of(
            "one-run-id",
            (UnaryOperator<ServerStep>) OneRunId::new,
            Profile.CORE,
            "hundred-wait-through-four-attempts",
            "which an earlier run had"),
        Arguments.of(
            "pong-behind-run",
            Misbehaviour.named("pong-behind-run"),
            Profile.RESUME,
            "heartbeat-during-a-run",
            "pings wait for the agent"),
        Arguments.of(
            "hangs-when-a-client-dies-in-replay",
            (UnaryOperator<ServerStep>) HangsAfterDeathInReplay::new,
            Profile.RESUME,
            "death-during-replay",
            "said nothing on it any more"));
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("servers")
  void brokenServerIsBlamed(
      String name,
      UnaryOperator<ServerStep> bend,
      Profile profile,
      String scenario,
      String explained) {
    WorldRun run =
        WorldRun.reference(profile)
            .with(ClientMachine::new, config -> bend.apply(new SessionMachine(config)));
    blamed(Culprit.SERVER, run.play(named(scenario), SEED, "").finding(), explained);
  }

  static Stream<Arguments> clients() {
    String hundred = "hundred-wait-through-four-attempts";
    return Stream.of(
        client("never notices", "half-open", BrokenClients::neverNotices, "dead link"),
        client("gives up at once", hundred, BrokenClients::givesUpAtOnce, "did not try again"),
        client("sends newest first", hundred, BrokenClients::sendsNewestFirst, "another order"),
        client("hammers", hundred, BrokenClients::hammers, "keeps this rule"));
  }

  private static Arguments client(
      String name, String scenario, Function<ClientConfig, ClientStep> twin, String explained) {
    return Arguments.of(name, scenario, twin, explained);
  }

  @ParameterizedTest(name = "client that {0}")
  @MethodSource("clients")
  void brokenClientIsBlamed(
      String name, String scenario, Function<ClientConfig, ClientStep> twin, String explained) {
    WorldRun run = WorldRun.reference(Profile.CORE).with(twin, SessionMachine::new);
    blamed(Culprit.CLIENT, run.play(named(scenario), SEED, "").finding(), explained);
  }

  /** Nobody broke a rule: the story asks for more than its network lets through. */
  @Test
  void networkThatNeverHealsIsBlamed() {
    Scenario scenario =
        ScenarioReader.read(
            "never-heals.yaml",
            """
            name: never-heals
            clause: queue/hundred-wait-in-order
            options: {reconnect_base_ms: 100, reconnect_max_attempts: 60}
            people:
              ana:
                - {expect: {state: connected}}
                - {expect: {state: reconnecting}}
                - {say: hi, as: m1}
                - {expect: {terminal: m1, within_ms: 3000}}
            faults: [{at_ms: 100, do: down}]
            expect: [no_duplicate]
            """);
    Finding finding = WorldRun.reference(Profile.CORE).play(scenario, SEED, "").finding();
    blamed(Culprit.NETWORK, finding, "not well again");
  }

  @Test
  void faultThatNeverStruckIsTheHarnesss() {
    Scenario scenario =
        ScenarioReader.read(
            "never-strikes.yaml",
            """
            name: never-strikes
            clause: queue/replayed-once
            people: {ana: [{say: hi, as: m1}, {expect: {terminal: m1}}]}
            faults: [{when: {person: ana, type: message, nth: 99}, do: down}]
            expect: [no_loss, every_fault_fired]
            """);
    Finding finding = WorldRun.reference(Profile.CORE).play(scenario, SEED, "").finding();
    assertEquals(Verdict.INCONCLUSIVE, finding.verdict());
    assertEquals(Culprit.HARNESS, blame(finding).culprit());
  }

  /** Without the link's journal nobody can tell who had the message last. */
  @Test
  void withoutTheLinksJournalItIsUndecidable() {
    Finding finding =
        Finding.about(dev.holdfast.report.result.Stage.CHAOS, "x", "y").violated("m1: no end");
    Testimony nothing = new Testimony(List.of());
    Blame blame = Blames.of(finding, nothing, Profile.RESUME, checker -> null);
    assertNotNull(blame);
    assertEquals(Culprit.UNDECIDABLE, blame.culprit());
    assertTrue(blame.why().contains("what entered the network"), blame.why());
  }

  @Test
  void referenceIsBlamedForNothing() {
    for (Scenario scenario : ChaosScenarios.ALL) {
      Finding finding = WorldRun.reference(Profile.RESUME).play(scenario, SEED, "").finding();
      assertEquals(null, finding.account().blame(), scenario.name());
    }
  }

  private static void blamed(Culprit culprit, Finding finding, String explained) {
    Verdict due = finding.level() == Level.MUST ? Verdict.FAIL : Verdict.WARN;
    assertEquals(due, finding.verdict(), finding::toString);
    Blame blame = blame(finding);
    assertEquals(culprit, blame.culprit(), blame::sentence);
    assertTrue(blame.why().contains(explained), blame::sentence);
    assertFalse(blame.evidence().isEmpty(), blame::sentence);
    System.out.println(blame.sentence());
    blame.evidence().forEach(line -> System.out.println("    " + line));
  }

  private static Blame blame(Finding finding) {
    Blame blame = finding.account().blame();
    assertNotNull(blame);
    return blame;
  }

  private static Scenario named(String name) {
    return ChaosScenarios.ALL.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
