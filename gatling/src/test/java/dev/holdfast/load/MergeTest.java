package dev.holdfast.load;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several injectors' files against those of one injector that saw it all. */
class MergeTest {
  private static final LoadPlan PLAN =
      LoadPlan.of(LoadProfile.STEADY, URI.create("ws://x/ws/chat")).withUsers(90);
  private static final long START_MS = 1_700_000_000_000L;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void mergedIsWhatOneRunOverTheUnionWouldHaveSeen(long seed) throws Exception {
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    int of = random.nextInt(2, 5);
    Scribe whole = new Scribe(folder.resolve("whole"), PLAN);
    List<Scribe> parts = new ArrayList<>();
    for (int i = 0; i < of; i++) {
      parts.add(
          new Scribe(folder.resolve("part-" + i), PLAN.withShare(new Share(i, of, START_MS))));
    }
    int seconds = random.nextInt(1, 6);
    for (int second = 0; second < seconds; second++) {
      happen(random, whole, parts);
      whole.tick(parts.stream().mapToInt(Scribe::draw).sum());
      for (Scribe part : parts) {
        part.tick(part.drawn);
      }
    }
    whole.end(null);
    for (Scribe part : parts) {
      part.end(null);
    }

    LoadResult one = result(List.of(whole.folder));
    LoadResult many = result(parts.stream().map(p -> p.folder).toList());

    assertEquals(one.latencies(), many.latencies());
    assertEquals(one.series(), many.series());
    assertEquals(one.spread(), many.spread());
    assertEquals(one.people(), many.people());
    assertEquals(one.messages(), many.messages());
    assertEquals(one.reconnects(), many.reconnects());
    assertEquals(one.failedAttempts(), many.failedAttempts());
    assertTrue(one.latency(Percentiles.ANSWER).orElseThrow().samples() > 0);
  }

  /** The same things happen in one of the parts and in the whole. */
  private static void happen(SplittableRandom random, Scribe whole, List<Scribe> parts) {
    for (int i = random.nextInt(50, 500); i > 0; i--) {
      Scribe part = parts.get(random.nextInt(parts.size()));
      String kind = Timings.KINDS.get(random.nextInt(Timings.KINDS.size()));
      long nanos = (long) Math.exp(random.nextDouble(8, 25));
      boolean again = random.nextBoolean();
      for (Scribe scribe : List.of(whole, part)) {
        scribe.meter.timed(kind, nanos);
        scribe.meter.said();
        if (i % 7 == 0) {
          scribe.meter.connected(nanos, again);
        } else if (i % 11 == 0) {
          scribe.meter.attemptFailed("why");
        }
      }
    }
  }

  private LoadResult result(List<Path> folders) throws IOException {
    LoadResult result = LoadMerge.of(folders, folder).result();
    assertTrue(result != null);
    return result;
  }

  @Test
  void theConversationThatBrokeFirstIsShown() throws Exception {
    part(0, 3, new Broken("i0p1-1", 5_000, 80, List.of()));
    part(1, 3, new Broken("i1p9-1", 2_000, 40, List.of()));
    part(2, 3, null);

    var merged = LoadMerge.of(all(3), folder);

    assertTrue(String.valueOf(merged.finding()).contains("first at 40 connections after 2.0 s"));
  }

  /** However long what was seen is, the line that everybody reads has the concurrency in it. */
  @Test
  void theVerdictLineSaysAtHowManyConnectionsItBroke() throws Exception {
    String seen = "i0p1-1 said 123e4567-e89b-12d3-a456-426614174000, and nothing came of it";
    var check = new CheckResult("no_loss", Verdict.FAIL, seen);
    part(0, 1, new Broken("i0p1-1", 2_000, 12_345, List.of(check)));

    LoadOutcome outcome = LoadMerge.of(all(1), folder);

    Instant now = Instant.EPOCH;
    RunReport report =
        RunReport.begin("load", "ws://x", now)
            .add(requireNonNull(outcome.finding()))
            .add(requireNonNull(outcome.result()))
            .build(now);
    String line = report.outcome().line();
    assertTrue(line.contains("first at 12345 connections after 2.0 s: no_loss: i0p1-1"), line);
  }

  private LoadOutcome alone(LoadPlan plan, Consumer<Meter> load) throws IOException {
    Scribe scribe = new Scribe(folder.resolve("part-0"), plan);
    scribe.meter.connected(1_000, false);
    load.accept(scribe.meter);
    scribe.tick(0);
    scribe.end(null);
    return LoadMerge.of(all(1), folder);
  }

  /** People who were never answered over HTTP are no control, and a load with them no proof. */
  @Test
  void aLoadWhoseHttpAnswersNothingIsInconclusive() throws Exception {
    LoadOutcome outcome =
        alone(
            PLAN,
            meter -> {
              meter.ended(false, null);
              meter.endedOverHttp("no answer");
              meter.endedOverHttp("not_found");
            });

    assertEquals(ExitCode.INCONCLUSIVE, outcome.problems().getFirst().exit());
    assertEquals(
        "no message over HTTP was answered: all 2 failed, the last because: not_found",
        outcome.problems().getFirst().message());
  }

  @Test
  void aLoadWhoseEveryAnswerIsAnErrorIsInconclusive() throws Exception {
    LoadOutcome outcome = alone(PLAN, meter -> meter.ended(false, "ended in error busy"));
    assertEquals(ExitCode.INCONCLUSIVE, outcome.problems().getFirst().exit());
  }

  @Test
  void someFailuresBesideAnswersLeaveALoadConclusive() throws Exception {
    LoadOutcome outcome =
        alone(
            PLAN,
            meter -> {
              meter.ended(false, "ended in error busy");
              meter.ended(false, null);
              meter.endedOverHttp("no answer");
              meter.endedOverHttp(null);
            });
    assertEquals(List.of(), outcome.problems());
  }

  /** Profile resume promises answers across a lost connection; core only recommends them. */
  @Test
  void noAnswerAcrossALostConnectionFailsResumeAndWarnsCore() throws Exception {
    Consumer<Meter> lost = meter -> meter.ended(true, "in doubt: connection_lost");

    assertEquals(Verdict.FAIL, across(alone(PLAN.withResume(true), lost)).verdict());
    assertEquals(Verdict.WARN, across(alone(PLAN.withResume(false), lost)).verdict());
    assertEquals(Verdict.PASS, across(alone(PLAN, meter -> meter.ended(true, null))).verdict());
  }

  /** What core writes to a connection whose loss it could not know may be lost there. */
  @Test
  void answersThatWereMadeBeforeTheLossAreNoWarningInCore() throws Exception {
    Consumer<Meter> atOnce = lostBeside(84, 80);
    Consumer<Meter> slowly = lostBeside(300, 1);

    assertEquals(Verdict.NOT_APPLICABLE, across(alone(PLAN.withResume(false), atOnce)).verdict());
    assertEquals(Verdict.WARN, across(alone(PLAN.withResume(false), slowly)).verdict());
    assertEquals(Verdict.FAIL, across(alone(PLAN.withResume(true), atOnce)).verdict());
  }

  private static Consumer<Meter> lostBeside(long answerMs, long pingMs) {
    return meter -> {
      meter.timed(Percentiles.ANSWER, answerMs * 1_000_000);
      meter.timed(Percentiles.PING, pingMs * 1_000_000);
      meter.ended(true, "in doubt: connection_lost");
    };
  }

  private static Finding across(LoadOutcome outcome) {
    return outcome.findings().stream()
        .filter(f -> f.address().equals("load/answers-survive-a-lost-connection"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPartThatIsMissingIsSaid() throws Exception {
    part(0, 3, null);
    part(2, 3, null);

    var merged = LoadMerge.of(List.of(folder.resolve("part-0"), folder.resolve("part-2")), folder);

    assertEquals(ExitCode.INCONCLUSIVE, merged.problems().getFirst().exit());
    assertEquals("parts are missing: of injector [1]", merged.problems().getFirst().message());
  }

  @Test
  void whatIsNotPartsOfOneLoadIsRefused() throws Exception {
    part(0, 2, null);
    Path zero = folder.resolve("part-0");

    assertRefused("both injector 0", List.of(zero, zero));
    assertRefused("no finished load", List.of(folder));
    assertRefused("no such directory", List.of(folder.resolve("nowhere")));
    assertRefused("users: 90 and 91", List.of(zero, other(PLAN.withUsers(91))));
    assertRefused("url: ", List.of(zero, other(PLAN.withUrl(URI.create("ws://y/ws/chat")))));
    assertRefused("mix: ", List.of(zero, other(PLAN.withMix(Mix.parse("talk=1,idle=1")))));
    assertRefused("pace: ", List.of(zero, other(PLAN.withPace(Pace.onSchedule(7)))));
    assertRefused("says: [Create", List.of(zero, other(PLAN.saying(List.of("ho")))));
    assertRefused("streams: ", List.of(zero, other(PLAN.streaming("ho"))));
  }

  /** Injector 1 of 2 of such a load. */
  private Path other(LoadPlan plan) throws IOException {
    Path other = Files.createTempDirectory(folder, "other");
    new Scribe(other, plan.withShare(new Share(1, 2, START_MS))).end(null);
    return other;
  }

  /** Each machine draws its own seed, dials its own address and has its own command line. */
  @Test
  void whatMayDifferBetweenMachinesDoes() throws Exception {
    part(0, 2, null);
    Path other = other(PLAN.withSeed(8).withVia("10.0.0.2").withAgain("./holdfast load x"));

    LoadOutcome merged = LoadMerge.of(List.of(folder.resolve("part-0"), other), folder);

    assertEquals(List.of(), merged.problems());
  }

  @Test
  void aMergedReportStandsOnNothingOutside() throws Exception {
    part(0, 2, new Broken("i0p1-1", 5_000, 80, List.of()));
    part(1, 2, null);
    LoadMerge merge = LoadMerge.read(all(2));
    Path whole = folder.resolve("whole");

    LoadOutcome merged = merge.into(whole);
    for (Path part : all(2)) {
      Files.delete(new LoadFiles(part).measured());
    }

    assertEquals(merged.result(), LoadMerge.of(List.of(whole), whole).result());
    assertEquals(whole.resolve("injector-0/broken-conversation.jsonl"), merged.evidence());
    assertTrue(Files.exists(requireNonNull(merged.evidence())));
  }

  private void assertRefused(String why, List<Path> parts) {
    var refused = assertThrows(MergeException.class, () -> LoadMerge.of(parts, folder));
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused::toString);
  }

  private void part(int index, int of, @Nullable Broken broken) throws IOException {
    Scribe scribe =
        new Scribe(folder.resolve("part-" + index), PLAN.withShare(new Share(index, of, START_MS)));
    scribe.meter.connected(1_000, false);
    Files.writeString(new LoadFiles(scribe.folder).broken(), "");
    scribe.end(broken);
  }

  private List<Path> all(int of) {
    List<Path> parts = new ArrayList<>();
    for (int i = 0; i < of; i++) {
      parts.add(folder.resolve("part-" + i));
    }
    return parts;
  }

  /** Writes what an injector would leave behind. */
  private static final class Scribe {
    final Path folder;
    final Meter meter = new Meter();
    int drawn;
    private final LoadFiles files;
    private final IntervalLog log;
    private final List<LoadPoint> points = new ArrayList<>();

    Scribe(Path folder, LoadPlan plan) throws IOException {
      this.folder = folder;
      files = new LoadFiles(folder);
      files.write(plan);
      log = new IntervalLog(files.intervals(), START_MS);
    }

    int draw() {
      drawn = points.size() * 3 + Math.abs(folder.hashCode() % 5);
      return drawn;
    }

    /** An interval in which so many messages waited at some moment, and none at its end. */
    void tick(int queued) throws IOException {
      meter.waits(queued);
      meter.waits(-queued);
      long from = points.size() * Load.TICK_MS;
      log.write(from, from + Load.TICK_MS, meter.timings().endInterval());
      points.add(meter.point(from + Load.TICK_MS));
    }

    void end(@Nullable Broken broken) throws IOException {
      log.close();
      Measured measured =
          new Measured(
              START_MS,
              0,
              60_000,
              1,
              broken == null ? 0 : 1,
              meter.counts(),
              broken,
              null,
              points,
              java.util.Map.of());
      files.write(measured);
    }
  }
}
