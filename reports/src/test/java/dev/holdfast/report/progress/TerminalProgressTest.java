package dev.holdfast.report.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.Sample;
import dev.holdfast.report.format.Ansi;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Stage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
  private static final String ERASE = "\r\u001b[2K";
  private static final Finding PASSED = Sample.about("a/passes").pass();
  private static final Finding FAILED = Sample.about("a/fails").violated("nothing\ncame");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void inALogOnlyStagesAndWhatDidNotPassGetALine() {
    try (TerminalProgress progress = progress(false, Ansi.NONE)) {
      oneStage(progress);
    }

    assertEquals(
        """
        Conformance: 2 to run
          ✕ fail          a/fails: nothing came
          Conformance: 2/2 in 1.50 s
        """,
        text());
  }

  @Test
  void withoutVerboseNoFindingIsPrintedSoThatTheTableIsTheFirstToShowIt() {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (TerminalProgress progress =
        new TerminalProgress(out, false, Ansi.NONE, 80, false, nanos::get)) {
      oneStage(progress);
    }

    assertEquals("Conformance: 2 to run\n  Conformance: 2/2 in 1.50 s\n", text());
  }

  @Test
  void onATerminalTheLastLineShowsWhatRunsNow() {
    try (TerminalProgress progress = progress(true, Ansi.NONE)) {
      progress.stageStarted(Stage.CONFORMANCE, 2);
      progress.running(Stage.CONFORMANCE, "a/passes");
      assertTrue(text().endsWith(ERASE + "conformance 0/2 a/passes"), text());

      progress.finished(FAILED);
      assertTrue(
          text()
              .endsWith(
                  "✕ fail          a/fails: nothing came\n" + ERASE + "conformance 1/2 a/passes"),
          text());
    }
    assertTrue(text().endsWith(ERASE), "the line is gone in the end");
  }

  @Test
  void stagesSideBySideShareTheLine() {
    try (TerminalProgress progress = progress(true, Ansi.NONE)) {
      progress.stageStarted(Stage.CHAOS, 3);
      progress.stageStarted(Stage.CONFORMANCE, 9);
      progress.running(Stage.CHAOS, "chaos/cut");

      assertTrue(text().endsWith("conformance 0/9 | chaos 0/3 chaos/cut"), text());
    }
  }

  @Test
  void howLongIsLeftIsCountedDownAndNeverBelowNothing() {
    try (TerminalProgress progress = progress(true, Ansi.NONE)) {
      progress.planned(10_000);
      progress.stageStarted(Stage.CHAOS, 3);
      assertTrue(text().endsWith(ERASE + "about 10 s left | chaos 0/3"), text());

      nanos.addAndGet(4_000_000_000L);
      progress.running(Stage.CHAOS, "cut");
      assertTrue(text().endsWith(ERASE + "about 6 s left | chaos 0/3 cut"), text());

      nanos.addAndGet(5_999_000_000L);
      progress.running(Stage.CHAOS, "cut");
      assertTrue(text().endsWith(ERASE + "about 1 s left | chaos 0/3 cut"), text());

      nanos.addAndGet(2_000_000_000L);
      progress.running(Stage.CHAOS, "cut");
      assertTrue(text().endsWith(ERASE + "longer than usual | chaos 0/3 cut"), text());
    }
  }

  @Test
  void nothingIsSaidOfATimeThatNobodyPlanned() {
    try (TerminalProgress progress = progress(true, Ansi.NONE)) {
      progress.stageStarted(Stage.CHAOS, 3);
      nanos.addAndGet(4_000_000_000L);
      progress.running(Stage.CHAOS, "cut");

      assertFalse(text().contains("left"), text());
      assertFalse(text().contains("longer"), text());
    }
  }

  @Test
  void theLineNeverWraps() {
    try (TerminalProgress progress = progress(true, Ansi.NONE)) {
      progress.stageStarted(Stage.CHAOS, 3);
      progress.running(Stage.CHAOS, "x".repeat(500));

      String line = text().substring(text().lastIndexOf(ERASE) + ERASE.length());
      assertEquals(79, line.length());
    }
  }

  @Test
  void coloursOnlyWhenTold() {
    oneStage(progress(false, Ansi.NONE));
    assertFalse(text().contains("\u001b"));
    oneStage(progress(false, Ansi.COLOURS));
    assertTrue(text().contains("\u001b[1;31m✕ fail"), text());
  }

  @Test
  void whatAPeerSaysDrivesNoTerminal() {
    try (TerminalProgress progress = progress(false, Ansi.NONE)) {
      progress.note("said \u001b[2J\r\nand more");
    }

    assertEquals("said \ufffd[2J and more\n", text());
  }

  @Test
  void manyThreadsTearNoLine() throws Exception {
    TerminalProgress progress = progress(false, Ansi.NONE);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int n = 0; n < 50; n++) {
                  progress.finished(FAILED);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertEquals(
        400, text().lines().filter("  ✕ fail          a/fails: nothing came"::equals).count());
  }

  private void oneStage(Progress progress) {
    progress.stageStarted(Stage.CONFORMANCE, 2);
    progress.running(Stage.CONFORMANCE, "a/passes");
    progress.finished(PASSED);
    progress.finished(FAILED);
    nanos.addAndGet(1_500_000_000);
    progress.stageEnded(Stage.CONFORMANCE);
  }

  private TerminalProgress progress(boolean inPlace, Ansi ansi) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new TerminalProgress(out, inPlace, ansi, 80, true, nanos::get);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
