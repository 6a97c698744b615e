package dev.holdfast.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.agent.ScriptedAgent;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads in a JVM of their own against a server in this one. */
class LoadRunTest {
  @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER) Path folder;

  private LoadOutcome smoke(URI url) throws Exception {
    LoadPlan plan =
        LoadPlan.of(LoadProfile.SMOKE, url).withUsers(5).lasting(3_000).withAnswerTimeout(2_000);
    return LoadRun.run(plan, Progress.SILENT, folder);
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("gatling.log"));
  }

  @Test
  void everyConversationWithTheReferenceHoldsAndIsTimed() throws Exception {
    try (var server = ReferenceServer.start(ServerOptions.builder().build())) {
      LoadOutcome outcome = smoke(URI.create(server.wsUrl()));

      LoadResult result = result(outcome);
      assertEquals(0, outcome.problems().size(), () -> outcome.problems().toString());
      assertTrue(result.conversationsChecked() >= 5, result::toString);
      assertEquals(0, result.conversationsBroken(), result::toString);
      assertEquals(0, result.failedAttempts(), result::toString);
      assertEquals(0, result.reconnects(), result::toString);
      
      assertTrue(result.messages() >= 100, result::toString);
      assertEquals(result.messages(), samples(result, Percentiles.FIRST_FRAME));
      assertEquals(result.messages(), samples(result, Percentiles.ANSWER));
      assertEquals(result.attempts(), samples(result, Percentiles.CONNECT));
      assertTrue(result.series().size() >= 2, result::toString);
      assertEquals(5, result.series().getFirst().connections());
      assertEquals(Verdict.PASS, finding(outcome).verdict());
      assertNull(outcome.evidence());
      GatlingFigures.of(outcome).agreeWith(result);
      assertFalse(log().contains("is available!"), "asked for a newer version");
    }
  }

  @Test
  void aServerThatLosesAnAnswerIsFoundAndTheConversationKept() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    ScriptedAgent agent = ScriptedAgent.instant();
    var options =
        ServerOptions.builder()
            .agent(
                (request, sink) ->
                    runs.incrementAndGet() % 40 == 0 ? () -> {} : agent.start(request, sink))
            .build();
    try (var server = ReferenceServer.start(options)) {
      LoadOutcome outcome = smoke(URI.create(server.wsUrl()));

      assertTrue(result(outcome).conversationsBroken() > 0, () -> String.valueOf(outcome.result()));
      Finding finding = finding(outcome);
      assertEquals(Verdict.FAIL, finding.verdict());
      assertTrue(String.valueOf(finding.seen()).contains("no_loss"), finding::toString);
      assertTrue(
          finding.checks().stream().map(CheckResult::checker).toList().contains("no_loss"));
      assertFalse(finding.trace().isEmpty());
      Path evidence = assertNotNull2(outcome.evidence());
      assertTrue(Files.readString(evidence).contains("\"op\":\"say\""));
    }
  }

  @Test
  void nobodyThereIsSaidInOneSentence() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    LoadOutcome outcome = smoke(URI.create("ws://127.0.0.1:" + port + "/ws/chat"));

    assertNull(outcome.finding());
    assertEquals(1, outcome.problems().size(), () -> outcome.problems().toString());
    assertTrue(
        outcome.problems().getFirst().message().startsWith("nobody could connect to ws://127"),
        () -> outcome.problems().toString());
  }

  private static LoadResult result(LoadOutcome outcome) {
    return assertNotNull2(outcome.result());
  }

  private static Finding finding(LoadOutcome outcome) {
    return assertNotNull2(outcome.finding());
  }

  private static long samples(LoadResult result, String kind) {
    return result.latency(kind).orElseThrow().samples();
  }

  private static <T> T assertNotNull2(@org.jspecify.annotations.Nullable T value) {
    assertNotNull(value);
    return java.util.Objects.requireNonNull(value);
  }
}
