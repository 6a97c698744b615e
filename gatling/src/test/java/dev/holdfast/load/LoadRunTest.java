package dev.holdfast.load;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.testing.PatientWaits;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import dev.holdfast.report.result.Problem;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.agent.ScriptedAgent;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads in a JVM of their own against a server in this one. */
class LoadRunTest {
  private static final long PATIENCE_MS = PatientWaits.PATIENCE.toMillis();
  private static final long LONGEST_MS = 100_000;

  @TempDir Path folder;

  @Test
  void everyConversationWithTheReferenceHoldsAndIsTimed() throws Exception {
    try (var server = ReferenceServer.start(ServerOptions.builder().build())) {
      LoadOutcome outcome =
          runUntil(LoadRunTest::saysEnough, smoke(server.wsUrl()).withAnswerTimeout(PATIENCE_MS));

      LoadResult result = requireNonNull(outcome.result());
      assertEquals(List.of(), outcome.problems());
      assertEquals(Verdict.PASS, requireNonNull(outcome.finding()).verdict());
      assertNull(outcome.evidence());
      assertTrue(result.conversationsChecked() >= 5, result::toString);
      assertEquals(0, result.conversationsBroken());
      assertEquals(0, result.failedAttempts());
      assertEquals(0, result.reconnects());
      int most = result.series().stream().mapToInt(LoadPoint::connections).max().orElse(0);
      assertTrue(most >= 1 && most <= 5, result::toString);
      assertTrue(result.messages() >= 20, result::toString);
      assertEquals(result.messages(), percentiles(result, Percentiles.FIRST_FRAME).samples());
      assertEquals(result.messages(), percentiles(result, Percentiles.ANSWER).samples());
      assertEquals(result.attempts(), percentiles(result, Percentiles.CONNECT).samples());
      gatlingAgrees(outcome, result);
    }
  }

  private static void gatlingAgrees(LoadOutcome outcome, LoadResult result) throws IOException {
    Path report = requireNonNull(outcome.gatlingReport());
    GatlingFigures.of(report, "answer").agreeWith(percentiles(result, Percentiles.ANSWER));
    GatlingFigures.of(report, "first frame")
        .agreeWith(percentiles(result, Percentiles.FIRST_FRAME));
  }

  @Test
  void aServerThatLosesOneAnswerInFortyIsFoundAndTheConversationKept() throws Exception {
    var options = ServerOptions.builder().agent(losesEvery(40)).build();
    try (var server = ReferenceServer.start(options)) {
      LoadOutcome outcome =
          runUntil(
              LoadRunTest::saysEnough,
              smoke(server.wsUrl()).lasting(2_000).withAnswerTimeout(1_500));

      Finding finding = requireNonNull(outcome.finding());
      assertEquals(Verdict.FAIL, finding.verdict());
      assertTrue(requireNonNull(finding.seen()).contains(": no_loss: "), finding::seen);
      assertFalse(finding.trace().isEmpty());
      assertTrue(requireNonNull(outcome.result()).conversationsBroken() > 0);
      String history = Files.readString(requireNonNull(outcome.evidence()));
      assertTrue(history.contains("\"op\":\"say\""), history);
    }
  }

  private static Agent losesEvery(int n) {
    AtomicInteger runs = new AtomicInteger();
    ScriptedAgent honest = ScriptedAgent.instant();
    return (request, sink) ->
        runs.incrementAndGet() % n == 0 ? () -> {} : honest.start(request, sink);
  }

  @Test
  void nobodyThereIsSaidInOneSentence() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    LoadOutcome outcome =
        run(smoke("ws://127.0.0.1:" + port + "/ws/chat").lasting(1_000).withAnswerTimeout(1_000));

    assertNull(outcome.finding());
    assertEquals(1, outcome.problems().size(), () -> outcome.problems().toString());
    Problem problem = outcome.problems().getFirst();
    assertEquals(ExitCode.INCONCLUSIVE, problem.exit());
    assertTrue(
        problem.message().startsWith("no client could connect to ws://127.0.0.1:"),
        problem::message);
  }

  @Test
  void anInterruptEndsTheLoadAndItsJvm() throws Exception {
    try (var server = ReferenceServer.start(ServerOptions.builder().build())) {
      LoadPlan plan = smoke(server.wsUrl()).lasting(600_000);
      Thread caller = Thread.currentThread();
      Thread.startVirtualThread(() -> {
        await().until(() -> LoadJvms.in(folder).count() == 1);
        caller.interrupt();
      });

      assertThrows(InterruptedException.class, () -> run(plan));

      await().until(() -> LoadJvms.in(folder).count() == 0);
    }
  }

  private static LoadPlan smoke(String url) {
    return LoadPlan.of(LoadProfile.SMOKE, URI.create(url)).withUsers(5).lasting(3_000);
  }

  private static boolean saysEnough(LoadOutcome outcome) {
    LoadResult result = outcome.result();
    return result != null && result.messages() >= 40 && result.conversationsChecked() >= 5;
  }

  /** Runs a load, and again for longer while the machine was too busy for enough of it. */
  private LoadOutcome runUntil(Predicate<LoadOutcome> enough, LoadPlan plan)
      throws IOException, InterruptedException {
    LoadOutcome outcome = run(plan);
    for (long ms = plan.durationMs() * 3; ms < LONGEST_MS && !enough.test(outcome); ms *= 3) {
      outcome = run(plan.lasting(ms));
    }
    return outcome;
  }

  private LoadOutcome run(LoadPlan plan) throws IOException, InterruptedException {
    return LoadRun.run(plan, Progress.SILENT, folder);
  }

  private static Percentiles percentiles(LoadResult result, String kind) {
    return result.latency(kind).orElseThrow();
  }
}
