package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.cli.gate.AuditStage;
import dev.holdfast.cli.gate.RolloutStage;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.agent.ScriptedAgent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at the target's side is said of the target: Holdfast did not break. */
class TheirFaultsTest {
  private static final RolloutStage ROLLOUT = new RolloutStage(200, 0, List.of());

  @TempDir Path folder;

  private Spoken rollout(String config) throws IOException {
    try (ReferenceServer server =
        ReferenceServer.start(ServerOptions.builder().agent(ScriptedAgent.instant()).build())) {
      return SomePhases.of(
          ROLLOUT, "--config", written(config.formatted(server.wsUrl())), "--out", out());
    }
  }

  private String written(String config) throws IOException {
    return Files.writeString(folder.resolve("holdfast.yaml"), config).toString();
  }

  private String out() {
    return folder.resolve("report").toString();
  }

  private Finding found(String address) {
    RunReport report = JsonFormat.read(folder.resolve("report/report.json"));
    return report.findings().stream()
        .filter(f -> f.address().equals(address))
        .findFirst()
        .orElseThrow();
  }

  /** Busy now and then is asked again; busy for good leaves it open who is in. */
  @Test
  void aServerTooBusyToSayWhoIsInLeavesThatOpen() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer busy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    busy.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    busy.createContext(
        "/api/transport",
        exchange -> {
          byte[] body = "{\"transport\":\"websocket\",\"rollout_percent\":100}".getBytes(UTF_8);
          boolean well = asked.incrementAndGet() < 100;
          exchange.sendResponseHeaders(well ? 200 : 503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    busy.start();
    try {
      String http = "http://127.0.0.1:" + busy.getAddress().getPort();
      Spoken spoken =
          rollout("target: {url: '%s', http: '" + http + "', endpoints: [/api/transport]}\n");

      assertEquals(2, spoken.exitCode(), () -> spoken.out() + spoken.err());
      assertEquals(Verdict.INCONCLUSIVE, found("rollout/sticky").verdict());
      assertTrue(
          String.valueOf(found("rollout/sticky").seen()).contains("GET /api/transport answers 503"),
          spoken::out);
    } finally {
      busy.stop(0);
    }
  }

  /** The stage is played without any HTTP, for the command answers; and the command breaks. */
  @Test
  void aRolloutCommandThatCrashesLeavesOpenWhoIsIn() throws Exception {
    Spoken spoken =
        rollout(
            """
            target: {url: '%s'}
            rollout: {command: [sh, -c, 'read u s; echo http; exit 3'], percent: 50}
            """);

    assertEquals(2, spoken.exitCode(), () -> spoken.out() + spoken.err());
    assertEquals(Verdict.INCONCLUSIVE, found("rollout/share-is-binomial").verdict());
    assertEquals(Verdict.NOT_APPLICABLE, found("rollout/cohort-is-no-worse").verdict());
  }

  @Test
  void aRolloutCommandIsAskedWhereThereIsNoHttp() throws Exception {
    Spoken spoken =
        rollout(
            """
            target: {url: '%s'}
            rollout: {command: [sh, -c, 'while read u s; do echo http; done'], percent: 0}
            """);

    assertEquals(0, spoken.exitCode(), () -> spoken.out() + spoken.err());
    assertEquals(Verdict.PASS, found("rollout/share-is-binomial").verdict());
    assertEquals(Verdict.PASS, found("rollout/by-flag-and-user").verdict());
  }

  @Test
  void anAuditLogThatIsNotThereLeavesItsProofOpen() throws Exception {
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build())) {
      String config = "target: {url: '" + server.wsUrl() + "', audit: nowhere.jsonl}\n";
      Spoken spoken = SomePhases.of(new AuditStage(), "--config", written(config), "--out", out());

      assertEquals(2, spoken.exitCode(), () -> spoken.out() + spoken.err());
      Finding proof = found("audit/each-event-has-one-entry");
      assertEquals(Stage.AUDIT, proof.stage());
      assertTrue(String.valueOf(proof.seen()).contains("nowhere.jsonl"), spoken::out);
    }
  }

  @Test
  void aTargetThatDoesNotStartIsNotJudged() throws Exception {
    String config =
        "target: {url: 'ws://127.0.0.1:%d/ws/chat', start: [sh, -c, 'exit 3']}%n"
            .formatted(freePort());
    Spoken spoken = SomePhases.of(ROLLOUT, "--config", written(config), "--out", out());

    assertEquals(2, spoken.exitCode(), () -> spoken.out() + spoken.err());
    assertTrue(spoken.lastLine().contains("cannot be started: "), spoken::out);
    assertTrue(spoken.lastLine().contains("exit code 3"), spoken::out);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
