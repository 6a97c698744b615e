package dev.holdfast.load;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.agent.ScriptedAgent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What a load has to find out, with enough people and messages for it. */
@Tag("ci")
@Isolated("what it measures must be its own")
class UnderLoadTest {
  private static final String MIX = "talk=60,stream=15,idle=10,drop=10,poll=5";

  @TempDir Path folder;

  private static LoadPlan smoke(ReferenceServer server) {
    return LoadPlan.of(LoadProfile.SMOKE, URI.create(server.wsUrl()))
        .withHttp(URI.create(server.httpUrl()))
        .withResume(true)
        .streaming("#agent slow_ms=0 tokens=5\nTell me a story");
  }

  /** Loses one answer in so many, the first of them a quarter in; everything else is right. */
  private static Agent losesEvery(int n) {
    AtomicInteger runs = new AtomicInteger();
    ScriptedAgent honest = ScriptedAgent.instant();
    return (request, sink) ->
        runs.incrementAndGet() % n == n / 4 ? () -> {} : honest.start(request, sink);
  }

  @Test
  void aServerThatLosesOneMessageInTenThousandIsFailedAndTheConversationShown() throws Exception {
    var options = ServerOptions.builder().agent(losesEvery(10_000)).build();
    try (var server = ReferenceServer.start(options)) {
      LoadPlan plan =
          smoke(server)
              .withUsers(40)
              .lasting(6_000)
              .withPace(Pace.afterAnswer(1))
              .withMessagesEach(200)
              .withAnswerTimeout(5_000);

      LoadOutcome outcome = LoadRun.run(plan, Progress.SILENT, folder);

      LoadResult result = requireNonNull(outcome.result());
      long lost = 1 + (result.messages() - 2_500) / 10_000;
      assertTrue(result.messages() >= 2_500, () -> result.messages() + " messages");
      assertTrue(result.conversationsBroken() <= lost + 1, result::toString);
      Finding finding = requireNonNull(outcome.finding());
      assertEquals(Verdict.FAIL, finding.verdict());
      String seen = requireNonNull(finding.seen());
      assertTrue(seen.contains(": no_loss: "), seen);
      assertTrue(seen.startsWith("first at "), seen);
      assertTrue(seen.contains(" connections after "), seen);
      assertFalse(finding.trace().isEmpty());
      String history = Files.readString(requireNonNull(outcome.evidence()));
      assertTrue(history.contains("\"op\":\"say\""), history);
    }
  }

  @Test
  void gatlingAndOurHistogramsAgree() throws Exception {
    try (var server = ReferenceServer.start(ServerOptions.builder().build())) {
      LoadPlan plan =
          smoke(server)
              .withUsers(20)
              .lasting(5_000)
              .withPace(Pace.afterAnswer(2))
              .withMessagesEach(8);

      LoadOutcome outcome = LoadRun.run(plan, Progress.SILENT, folder);

      LoadResult result = requireNonNull(outcome.result());
      Path report = requireNonNull(outcome.gatlingReport());
      for (String kind : List.of(Percentiles.ANSWER, Percentiles.FIRST_FRAME)) {
        Percentiles ours = result.latency(kind).orElseThrow();
        assertTrue(ours.samples() >= 1_000, ours::toString);
        GatlingFigures.of(report, kind.replace('_', ' ')).agreeWith(ours);
      }
      Percentiles connect = result.latency(Percentiles.CONNECT).orElseThrow();
      assertTrue(connect.samples() >= 100, connect::toString);
      GatlingFigures.of(report, "connect").agreeWith(connect);
      assertTrue(
          result.gatling().getFirst().rows().stream()
              .anyMatch(r -> r.request().equals("answer") && r.p50Ms() > 0));
    }
  }

  @Tag("lab")
  @Test
  void everyKindOfPersonIsTimedAndJudgedAndSeveralInjectorsMakeOneLoad() throws Exception {
    try (var server = ReferenceServer.start(ServerOptions.builder().build())) {
      LoadPlan plan =
          smoke(server)
              .withUsers(40)
              .lasting(5_000)
              .withPace(Pace.onSchedule(250))
              .withMix(Mix.parse(MIX));

      LoadOutcome outcome =
          LoadRun.run(LoadRun.split(plan, 2, 0), LoadRun.Storm.NONE, Progress.SILENT, folder);

      LoadResult result = requireNonNull(outcome.result());
      assertEquals(List.of(), outcome.problems());
      assertEquals(0, result.conversationsBroken(), outcome.findings()::toString);
      assertEquals(40, result.people());
      assertEquals(2, result.injectors());
      for (String kind : Timings.KINDS) {
        assertTrue(result.latency(kind).orElseThrow().samples() > 0, kind);
      }
      assertTrue(result.reconnects() > 0);
      assertTrue(Files.exists(folder.resolve("injector-1/intervals.hlog")));
      assertEquals(2, result.gatling().size());
    }
  }

  /** A server that stands still for two seconds, once. */
  @Test
  void whoWaitsForAStandingServerIsNotLeftOutOfThePercentiles() throws Exception {
    AtomicReference<Long> began = new AtomicReference<>();
    ScriptedAgent honest = ScriptedAgent.instant();
    Agent stands =
        (request, sink) -> {
          if (began.get() == null && Files.exists(folder.resolve("started"))) {
            began.compareAndSet(null, System.nanoTime());
          }
          Long start = began.get();
          long from = start == null ? Long.MAX_VALUE : start + 500_000_000L;
          long until = start == null ? 0 : start + 2_500_000_000L;
          while (System.nanoTime() >= from && System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
          }
          return honest.start(request, sink);
        };
    try (var server = ReferenceServer.start(ServerOptions.builder().agent(stands).build())) {
      LoadPlan plan = smoke(server).withUsers(10).lasting(5_000).withPace(Pace.onSchedule(50));

      LoadResult result = requireNonNull(LoadRun.run(plan, Progress.SILENT, folder).result());

      long corrected = result.latency(Percentiles.ANSWER).orElseThrow().p90Us();
      long flattering = result.latency(Percentiles.ANSWER_UNCORRECTED).orElseThrow().p90Us();
      assertTrue(corrected > 1_000_000, () -> "corrected " + corrected);
      assertTrue(flattering < corrected / 4, () -> flattering + " of " + corrected);
    }
  }
}
