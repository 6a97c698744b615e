package dev.holdfast.scenarios.blame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Blame;
import dev.holdfast.report.result.Culprit;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.broken.BrokenClients;
import dev.holdfast.scenarios.broken.HangsAfterDeathInReplay;
import dev.holdfast.scenarios.chaos.ChaosRun;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.load.ScenarioReader;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.misbehaviour.Misbehaviour;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same broken halves as in virtual time, on sockets, with the server's log on a disk. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlameOnSocketsTest {
  private static final long SEED = 42;

  @TempDir Path folder;

  /** Two seconds instead of the twenty that a scenario for everybody's server must wait. */
  @Test
  void serverThatDropsItsQueueIsToldByItsOwnLog() throws Exception {
    Scenario quick =
        ScenarioReader.read(
            "quick-cut.yaml",
            """
            name: quick-cut
            clause: queue/retained-while-away
            options: {reconnect_base_ms: 100, reconnect_jitter_ms: 50}
            people:
              ana:
                - {say: "#agent slow_ms=300 tools=1\\nhi", as: m1}
                - {expect: {state: reconnecting, within_ms: 5000}}
                - {expect: {terminal: m1, within_ms: 2500}}
            faults: [{when: {person: ana, type: tool_execution, nth: 1}, do: down, for_ms: 600}]
            expect: [no_loss, every_fault_fired]
            """);
    Finding finding =
        played(quick, Profile.RESUME, Misbehaviour.named("drops-queue"), ClientMachine::new);
    blamed(Culprit.SERVER, finding, "its own journal has the run's end");
  }

  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of("drops-queue", Profile.CORE, "cut-mid-run", "must wait and be replayed"),
        Arguments.of(
            "drops-queue", Profile.RESUME, "cut-mid-run", "its own journal has the run's end"),
        Arguments.of(
            "pong-behind-run",
            Profile.RESUME,
            "heartbeat-during-a-run",
            "pings wait for the agent"),
        Arguments.of(
            "hangs-when-a-client-dies-in-replay",
            Profile.RESUME,
            "death-during-replay",
            "said nothing on it any more"));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("servers")
  @Tag("ci")
  void brokenServerIsBlamed(String name, Profile profile, String scenario, String explained)
      throws Exception {
    UnaryOperator<ServerStep> bend =
        name.startsWith("hangs") ? HangsAfterDeathInReplay::new : Misbehaviour.named(name);
    blamed(Culprit.SERVER, played(named(scenario), profile, bend, ClientMachine::new), explained);
  }

  static Stream<Arguments> clients() {
    String hundred = "hundred-wait-through-four-attempts";
    return Stream.of(
        client("never notices", "half-open", BrokenClients::neverNotices, "dead link"),
        client("gives up at once", hundred, BrokenClients::givesUpAtOnce, "did not try again"),
        client("sends newest first", hundred, BrokenClients::sendsNewestFirst, "another order"));
  }

  private static Arguments client(
      String name, String scenario, Function<ClientConfig, ClientStep> twin, String explained) {
    return Arguments.of(name, scenario, twin, explained);
  }

  @ParameterizedTest(name = "client that {0}")
  @MethodSource("clients")
  @Tag("ci")
  void brokenClientIsBlamed(
      String name, String scenario, Function<ClientConfig, ClientStep> twin, String explained)
      throws Exception {
    Finding finding = played(named(scenario), Profile.CORE, UnaryOperator.identity(), twin);
    blamed(Culprit.CLIENT, finding, explained);
  }

  private Finding played(
      Scenario scenario,
      Profile profile,
      UnaryOperator<ServerStep> bend,
      Function<ClientConfig, ClientStep> client)
      throws Exception {
    Path audit = folder.resolve("audit");
    ServerOptions options =
        ServerOptions.builder().auditDirectory(audit).misbehaviour(bend).build();
    try (ReferenceServer server = ReferenceServer.start(options);
        EmbeddedEngine engine = EmbeddedEngine.start(0, SEED)) {
      Target target = Target.scripted(URI.create(server.wsUrl()), null, profile).keeping(audit);
      return new ChaosRun(target, engine, Progress.SILENT, "holdfast chaos", SEED)
          .with(client)
          .play(List.of(scenario), played -> {})
          .get(0)
          .finding();
    }
  }

  private static void blamed(Culprit culprit, Finding finding, String explained) {
    assertEquals(Verdict.FAIL, finding.verdict(), finding::toString);
    Blame blame = finding.account().blame();
    assertNotNull(blame);
    System.out.println(blame.sentence());
    blame.evidence().forEach(line -> System.out.println("    " + line));
    assertEquals(culprit, blame.culprit(), blame::sentence);
    assertTrue(blame.why().contains(explained), blame::sentence);
    assertTrue(!blame.evidence().isEmpty(), blame::sentence);
  }

  private static Scenario named(String name) {
    return ChaosScenarios.ALL.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
