package dev.holdfast.report.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.Sample;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JudgementTest {
  private static final Finding PASSED = Sample.about("a/passes").pass();
  private static final Finding FAILED = Sample.about("a/fails").violated("nothing came");
  private static final Finding WARNED =
      Sample.about("a/warns").level(Level.SHOULD).violated("late");
  private static final Finding OPEN = Sample.about("a/open").inconclusive("fault never fired");
  private static final Finding UNSURE =
      Sample.about("a/unsure").level(Level.SHOULD).inconclusive("nothing was replayed");
  private static final Finding HARMLESS =
      Sample.about("envelope/error-has-a-code").violated("no code came");
  private static final Finding HARMFUL =
      Sample.about("queue/replayed-once").violated("the answer came twice");
  private static final Finding ABSENT = Sample.about("a/absent").notApplicable("needs resume");
  private static final Finding BROKEN = Sample.about("a/broken").harnessError("NullPointer");
  private static final BudgetResult OVER =
      new BudgetResult("round_trip_p99_ms", 131.5, 100, -31.5, "ms", 1_000, Verdict.FAIL, "");

  static Stream<Arguments> runs() {
    return Stream.of(
        run(0, "holdfast: PASS 1 of 1 passed", r -> r.add(PASSED)),
        run(0, "PASS 1 of 2 passed, 1 with a warning", r -> r.add(PASSED).add(WARNED)),
        run(0, "PASS 1 of 2 passed, 1 not applicable", r -> r.add(PASSED).add(ABSENT)),
        run(0, "10 conversations under load, none broken", r -> r.add(Sample.load(0))),
        run(
            1,
            "FAIL a/fails: nothing came (1 cause, 1 of 2 failed)",
            r -> r.add(PASSED).add(FAILED)),
        run(1, "FAIL 2 of 10 conversations broke", r -> r.add(PASSED).add(Sample.load(2))),
        run(2, "INCONCLUSIVE a/open: fault never fired", r -> r.add(PASSED).add(OPEN)),
        run(0, "PASS 1 of 2 passed, 1 inconclusive", r -> r.add(PASSED).add(UNSURE)),
        run(2, "INCONCLUSIVE a/unsure: nothing was replayed", r -> r.add(UNSURE)),
        run(1, "FAIL queue/replayed-once: the answer", r -> r.add(HARMLESS).add(HARMFUL)),
        run(2, "INCONCLUSIVE nothing was run", r -> {}),
        run(2, "INCONCLUSIVE nothing was run", r -> r.add(ABSENT)),
        run(2, "nothing listens", r -> r.problem(ExitCode.INCONCLUSIVE, "nothing listens")),
        run(
            3,
            "FAIL list:1 z/*: names nothing that exists",
            r -> r.add(PASSED).known(stale(), List.of())),
        run(
            4,
            "FAIL over budget: round_trip_p99_ms 131.5 of 100",
            r -> r.add(PASSED).budgets(List.of(OVER))),
        run(64, "INCONCLUSIVE bad flag", r -> r.add(PASSED).problem(ExitCode.USAGE, "bad flag")),
        run(70, "INCONCLUSIVE Holdfast itself broke in a/broken: NullPointer", r -> r.add(BROKEN)),
        run(
            130,
            "INCONCLUSIVE Ctrl-C",
            r -> r.add(PASSED).cutShort(ExitCode.INTERRUPTED, "Ctrl-C")),
        run(143, "INCONCLUSIVE told", r -> r.add(PASSED).cutShort(ExitCode.TERMINATED, "told")),
        run(
            130,
            "FAIL Ctrl-C; also: a/fails",
            r -> r.add(FAILED).cutShort(ExitCode.INTERRUPTED, "Ctrl-C")));
  }

  private static Arguments run(int code, String line, Consumer<RunReportBuilder> fill) {
    return Arguments.of(code, line, fill);
  }

  private static KnownFailures stale() {
    return KnownFailures.parse("list", List.of("z/* # gone"), false);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("runs")
  void givesTheExitCodeAndSaysWhyInOneLine(int code, String line, Consumer<RunReportBuilder> fill) {
    RunReportBuilder builder = Sample.begin("./holdfast gate");
    fill.accept(builder);

    Outcome outcome = builder.build(Instant.EPOCH).outcome();

    assertEquals(code, outcome.exitCode());
    assertTrue(outcome.line().contains(line), outcome.line());
    assertTrue(outcome.line().startsWith("holdfast: "), outcome.line());
    assertFalse(outcome.line().contains("\n"));
  }

  @Test
  void theFirstOfSeveralIsGivenAndTheRestAreSaid() {
    RunReportBuilder builder =
        Sample.begin("./holdfast gate")
            .add(OPEN)
            .add(FAILED)
            .budgets(List.of(OVER))
            .known(stale(), List.of());

    assertEquals(List.of(1, 4, 3, 2), exitCodesOf(builder.build(Instant.EPOCH).outcome()));
    builder.problem(ExitCode.USAGE, "bad flag");
    assertEquals(List.of(64, 1, 4, 3, 2), exitCodesOf(builder.build(Instant.EPOCH).outcome()));
    builder.add(BROKEN);
    assertEquals(List.of(70, 64, 1, 4, 3, 2), exitCodesOf(builder.build(Instant.EPOCH).outcome()));
  }

  private static List<Integer> exitCodesOf(Outcome outcome) {
    Stream<Integer> said =
        outcome.also().stream()
            .map(s -> Integer.valueOf(s.replaceFirst(".*\\(exit (\\d+)\\)", "$1")));
    return Stream.concat(Stream.of(outcome.exitCode()), said).toList();
  }

  @Test
  void hostileTextCannotBreakTheLine() {
    Finding hostile =
        Sample.about("a/hostile").violated("x\r\nholdfast: PASS\u001b[2K\u202e \ud800");

    String line = Sample.begin("x").add(hostile).build(Instant.EPOCH).outcome().line();

    assertEquals(
        "holdfast: FAIL a/hostile: x holdfast: PASS\ufffd[2K\ufffd \ufffd (1 cause, 1 of 1 failed)",
        line);
  }

  @Test
  void theLineOfAnAbsenceSaysWhatWasExpected() {
    Finding absent = Sample.about("a/silent").expected("an answer").violated("nothing more");

    String line = Sample.begin("x").add(absent).build(Instant.EPOCH).outcome().line();

    assertEquals(
        "holdfast: FAIL a/silent: expected an answer, saw nothing more (1 cause, 1 of 1 failed)",
        line);
  }

  @Test
  void aSignalThatEndsTheRunMakesItPartial() {
    RunReport report =
        Sample.begin("x").add(PASSED).cutShort(ExitCode.INTERRUPTED, "Ctrl-C").build(Instant.EPOCH);

    assertTrue(report.isPartial());
    assertEquals("Ctrl-C", report.partial());
  }

  @Test
  void anUnreadableListSaysWhichAndWhy() {
    KnownFailuresException e =
        assertThrows(
            KnownFailuresException.class, () -> KnownFailures.failing(Path.of("no-such-file.txt")));

    assertEquals(
        "no-such-file.txt: cannot read the list of known failures: no such file", e.getMessage());
  }
}
