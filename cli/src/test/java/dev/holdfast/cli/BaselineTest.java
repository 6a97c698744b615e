package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.cli.gate.LoadShape;
import dev.holdfast.cli.gate.LoadStage;
import dev.holdfast.load.LoadProfile;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.BaselineRatio;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.agent.ScriptedAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A gate held against an earlier one: of the same build, of a slower one, under another load. */
@Isolated("its times count")
@Tag("ci")
class BaselineTest {
  private static final long SLOWER_MS = 120;

  @TempDir static Path earlier;
  @TempDir Path folder;

  @BeforeAll
  static void playTheEarlierGate() throws IOException {
    Spoken spoken = load(earlier.resolve("bundle"), 20, 0);
    assertEquals(0, spoken.exitCode(), () -> spoken.out() + spoken.err());
  }

  /** A server whose agent takes so much longer. */
  private static Spoken load(Path out, int people, long slowerMs, String... more)
      throws IOException {
    Agent usual = ScriptedAgent.instant();
    Agent slower =
        (request, sink) -> {
          CompletableFuture<Agent.Run> later =
              CompletableFuture.supplyAsync(
                  () -> usual.start(request, sink),
                  CompletableFuture.delayedExecutor(slowerMs, TimeUnit.MILLISECONDS));
          return () -> {
            var unused = later.thenAccept(Agent.Run::cancel);
          };
        };
    LoadShape shape = new LoadShape(LoadProfile.SMOKE, people, 5_000L, null, null);
    try (ReferenceServer server =
        ReferenceServer.start(
            ServerOptions.builder().agent(slowerMs == 0 ? usual : slower).build())) {
      List<String> args = new ArrayList<>(List.of(server.wsUrl(), "--out", out.toString()));
      args.addAll(List.of(more));
      return SomePhases.of(LoadStage.ofGate(shape), args.toArray(String[]::new));
    }
  }

  private Spoken against(int people, long slowerMs) throws IOException {
    Path bundle = earlier.resolve("bundle");
    return load(folder.resolve("now"), people, slowerMs, "--baseline", bundle.toString());
  }

  private List<BaselineRatio> ratios() {
    return JsonFormat.read(folder.resolve("now/report.json")).exhibits().baseline();
  }

  private void verifies() {
    Spoken verified = Spoken.by("verify", folder.resolve("now").toString());
    assertEquals(0, verified.exitCode(), verified::out);
  }

  @Test
  void aSlowerBuildFailsAndThePageShowsByHowMuch() throws Exception {
    Spoken spoken = against(20, SLOWER_MS);

    assertEquals(4, spoken.exitCode(), () -> spoken.out() + spoken.err());
    assertTrue(
        spoken.lastLine().contains("worse than the baseline: round_trip_p50_ms"), spoken::out);
    BaselineRatio answers =
        ratios().stream().filter(r -> r.name().equals("answer_p50_ms")).findFirst().orElseThrow();
    assertEquals(Verdict.FAIL, answers.verdict());
    assertTrue(answers.low() > answers.allowed() && answers.low() <= answers.ratio());
    String page = Files.readString(folder.resolve("now/index.html"));
    assertTrue(page.contains("Beside the baseline") && page.contains("answer_p50_ms"));
    assertTrue(spoken.lastLine().contains("between "), spoken::out);
    verifies();
  }

  @Test
  void anEqualBuildPasses() throws Exception {
    Spoken spoken = against(20, 0);

    assertEquals(0, spoken.exitCode(), () -> spoken.out() + spoken.err());
    assertFalse(ratios().isEmpty());
    assertTrue(ratios().stream().allMatch(r -> r.verdict() == Verdict.PASS), ratios()::toString);
    assertTrue(Files.exists(folder.resolve("now/evidence/baseline/load/intervals.hlog")));
    verifies();
  }

  @Test
  void anotherLoadThanTheBaselinesIsInconclusive() throws Exception {
    Spoken spoken = against(8, 0);

    assertEquals(2, spoken.exitCode(), () -> spoken.out() + spoken.err());
    assertTrue(spoken.lastLine().contains("the baseline is another load: "), spoken::out);
    verifies();
  }

  @Test
  void aBaselineThatTheReportWouldOverwriteIsRefused() {
    String bundle = earlier.resolve("bundle").toString();
    Spoken spoken = Spoken.by("gate", "--baseline", bundle, "--out", bundle);

    assertEquals(64, spoken.exitCode(), spoken::err);
    assertTrue(Files.exists(earlier.resolve("bundle/manifest.json")), "it was emptied");
  }
}
