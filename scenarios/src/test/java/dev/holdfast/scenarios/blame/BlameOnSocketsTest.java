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
import dev.holdfast.report.result.Level;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same broken halves as in virtual time, on sockets, with the server's log on a disk. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlameOnSocketsTest {
  private static final long SEED = 42;
  private static final int TIMES_AGAIN = 5;

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
    UnaryOperator<ServerStep> drops = Misbehaviour.named("drops-queue");
    Finding finding = played(quick, Profile.RESUME, drops, ClientMachine::new);
    // On a busy machine the run may end before the cut or behind it, and nothing is dropped.
    for (int again = 0; again < TIMES_AGAIN && finding.verdict() != Verdict.FAIL; again++) {
      finding = played(quick, Profile.RESUME, drops, ClientMachine::new);
    }
    blamed(Culprit.SERVER, finding, "its own journal has the run's end");
  }

  /** One half that is broken, where it is played, and what must be said of it. */
  private record Broken(
      Culprit culprit,
      String scenario,
      Profile profile,
      UnaryOperator<ServerStep> server,
      Function<ClientConfig, ClientStep> client,
      String explained) {

    static Broken server(
        UnaryOperator<ServerStep> bend, Profile profile, String scenario, String explained) {
      return new Broken(Culprit.SERVER, scenario, profile, bend, ClientMachine::new, explained);
    }

    static Broken client(
        String scenario, Function<ClientConfig, ClientStep> twin, String explained) {
      return new Broken(
          Culprit.CLIENT, scenario, Profile.CORE, UnaryOperator.identity(), twin, explained);
    }
  }

  private static List<Broken> broken() {
    String hundred = "hundred-wait-through-four-attempts";
    UnaryOperator<ServerStep> drops = Misbehaviour.named("drops-queue");
    return List.of(
        Broken.server(drops, Profile.CORE, "cut-mid-run", "must wait and be replayed"),
        Broken.server(drops, Profile.RESUME, "cut-mid-run", "its own journal has the run's end"),
        Broken.server(
            Misbehaviour.named("pong-behind-run"),
            Profile.RESUME,
            "heartbeat-during-a-run",
            "pings wait for the agent"),
        Broken.server(
            HangsAfterDeathInReplay::new,
            Profile.RESUME,
            "death-during-replay",
            "said nothing on it any more"),
        Broken.client("half-open", BrokenClients::neverNotices, "dead link"),
        Broken.client(hundred, BrokenClients::givesUpAtOnce, "did not try again"),
        Broken.client(hundred, BrokenClients::sendsNewestFirst, "another order"));
  }

  /** All side by side: most of what they do is wait for what does not come. */
  @Test
  @Tag("ci")
  void brokenHalvesAreBlamed() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<Broken, Future<Finding>> findings = new LinkedHashMap<>();
      for (Broken each : broken()) {
        findings.put(
            each,
            threads.submit(() ->
                played(named(each.scenario()), each.profile(), each.server(), each.client())));
      }
      for (Map.Entry<Broken, Future<Finding>> each : findings.entrySet()) {
        blamed(each.getKey().culprit(), each.getValue().get(), each.getKey().explained());
      }
    }
  }

  private Finding played(
      Scenario scenario,
      Profile profile,
      UnaryOperator<ServerStep> bend,
      Function<ClientConfig, ClientStep> client)
      throws Exception {
    Path audit = Files.createTempDirectory(folder, "audit");
    ServerOptions options =
        ServerOptions.builder().auditDirectory(audit).misbehaviour(bend).build();
    try (ReferenceServer server = ReferenceServer.start(options);
        EmbeddedEngine engine = EmbeddedEngine.start(0, SEED)) {
      Target target = Target.scripted(URI.create(server.wsUrl()), null, profile).keeping(audit);
      return new ChaosRun(target, engine, Progress.SILENT, "holdfast chaos", SEED)
          .with(client)
          .trustingTheMachine()
          .play(List.of(scenario), played -> {})
          .get(0)
          .finding();
    }
  }

  private static void blamed(Culprit culprit, Finding finding, String explained) {
    Verdict due = finding.level() == Level.MUST ? Verdict.FAIL : Verdict.WARN;
    assertEquals(due, finding.verdict(), finding::toString);
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
