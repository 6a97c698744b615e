package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.LoadStep;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.agent.ScriptedAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads from the command line to the report, with few people and for seconds. */
@Tag("ci")
class LoadCommandTest {
  @TempDir Path folder;

  private Path report(String name) {
    return folder.resolve(name);
  }

  private static LoadResult load(RunReport report) {
    assertEquals(1, report.loads().size());
    return report.loads().getFirst();
  }

  /** What two machines left behind is merged, and verified where the parts are no more. */
  @Test
  void theReportOfTwoMachinesIsVerifiedWithoutThem() throws Exception {
    Path whole = report("whole");
    try (var server = ReferenceServer.start(losing(60))) {
      String at = Instant.now().plusSeconds(6).toString();
      List<CompletableFuture<Spoken>> machines =
          IntStream.range(0, 2)
              .mapToObj(i ->
                  CompletableFuture.supplyAsync(
                      () ->
                          Spoken.by(
                              words(
                                  "load %s --users 8 --duration 2s --mix talk=1 --model open"
                                      + " --injectors 2 --share %d --start-at %s --out %s",
                                  server.wsUrl(), i, at, report("part-" + i))),
                      Thread::startVirtualThread))
              .toList();
      machines.forEach(m -> assertEquals(1, m.join().exitCode(), m.join()::out));
    }

    Spoken merged =
        Spoken.by(words("merge %s %s --out %s", report("part-0"), report("part-1"), whole));
    remove(report("part-0"));
    remove(report("part-1"));
    Spoken verified = Spoken.by("verify", whole.toString());

    assertEquals(1, merged.exitCode(), merged::out);
    assertTrue(merged.lastLine().contains(" connections after "), merged::lastLine);
    assertEquals(0, verified.exitCode(), () -> verified.out() + verified.err());
    RunReport report = JsonFormat.read(whole.resolve("report.json"));
    LoadResult load = load(report);
    assertEquals(8, load.people());
    assertEquals(2, load.gatling().size());
    load.gatling().forEach(g -> assertTrue(Files.exists(whole.resolve(g.link())), g::link));
    try (var files = Files.walk(whole)) {
      assertTrue(files.anyMatch(f -> f.endsWith("broken-conversation.jsonl")));
    }
    Finding broken = report.findings().getFirst();
    assertTrue(Objects.requireNonNull(broken.rerun()).contains("--injectors 2"), broken::rerun);
  }

  private static ServerOptions losing(int every) {
    AtomicInteger runs = new AtomicInteger();
    Agent honest = ScriptedAgent.instant();
    return ServerOptions.builder()
        .agent((request, sink) ->
            runs.incrementAndGet() % every == every / 4 ? () -> {} : honest.start(request, sink))
        .build();
  }

  @Test
  void aLoadOfTheReferenceCanBeDoneAgain() throws Exception {
    Spoken spoken =
        Spoken.by(words("load --users 4 --duration 1s --seed 7 --out %s", report("out")));

    assertTrue(spoken.exitCode() == 0 || spoken.exitCode() == 2, spoken::out);
    Finding held = JsonFormat.read(report("out").resolve("report.json")).findings().getFirst();
    assertEquals(Verdict.PASS, held.verdict());
    String again = Objects.requireNonNull(held.rerun());
    assertTrue(again.startsWith("./holdfast load --profile smoke --model closed"), again);
    assertTrue(again.endsWith(" --seed 7"), again);
  }

  /** One thing at a time, a tenth of a second each: two wait 175 ms for an answer, three 275. */
  @Test
  void theLimitIsFoundBelowWhereTheSearchBegins() throws Exception {
    Path config = folder.resolve("holdfast.yaml");
    Files.writeString(config, "budgets:\n  answer_p50_ms: 240\n");
    try (var server = ReferenceServer.start(oneAtATime())) {
      Spoken spoken =
          Spoken.by(
              words(
                  "load %s --find-limit --users 4 --duration 3s --mix talk=1 --config %s --out %s",
                  server.wsUrl(), config, report("out")));

      RunReport report = JsonFormat.read(report("out").resolve("report.json"));
      List<LoadStep> steps = load(report).steps();
      Finding limit = report.findings().getLast();
      assertEquals(0, spoken.exitCode(), spoken::out);
      assertEquals("load/limit", limit.address());
      assertTrue(String.valueOf(limit.seen()).startsWith("2 people hold; at 3: "), limit::seen);
      assertEquals(List.of(4, 2, 3), steps.stream().map(LoadStep::people).toList());
      assertFalse(steps.getFirst().held());
      String page = Files.readString(report("out").resolve("index.html"));
      assertTrue(page.contains("2 people hold, 3 do not"), "the knee is marked");
    }
  }

  private static ServerOptions oneAtATime() {
    Executor one = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    Agent honest = ScriptedAgent.instant();
    return ServerOptions.builder()
        .agent((request, sink) -> {
          one.execute(() -> {
            LockSupport.parkNanos(100_000_000);
            honest.start(request, sink);
          });
          return () -> {};
        })
        .build();
  }

  private static String[] words(String form, Object... parts) {
    return form.formatted(parts).split(" ", -1);
  }

  private static void remove(Path what) throws IOException {
    try (var tree = Files.walk(what)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
