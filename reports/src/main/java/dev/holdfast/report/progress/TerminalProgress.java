package dev.holdfast.report.progress;

import dev.holdfast.report.format.Ansi;
import dev.holdfast.report.format.Status;
import dev.holdfast.report.format.Words;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.OneLine;
import dev.holdfast.report.result.Stage;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells a person what is going on.
 *
 * <p>On a terminal the last line is rewritten in place and shows what runs now. Elsewhere, in a CI
 * log for example, only stages get a line, and, where each finding is wanted as it comes, findings
 * that did not pass.
 */
public final class TerminalProgress implements Progress {
  private static final String ERASE_LINE = "\r\u001b[2K";

  /** Where a stage stands. */
  private static final class Counter {
    private final int total;
    private final long startedNanos;
    private int done;
    private String running = "";

    Counter(int total, long startedNanos) {
      this.total = total;
      this.startedNanos = startedNanos;
    }
  }

  private final PrintStream out;
  private final boolean inPlace;
  private final Ansi ansi;
  private final int columns;
  private final boolean verbose;
  private final LongSupplier nanos;
  private final Map<Stage, Counter> stages = new EnumMap<>(Stage.class);
  private boolean lineShown;
  private long expectedEndNanos;
  private boolean planned;

  /**
   * @param inPlace true on a terminal that can rewrite its last line
   * @param columns how wide that line may be
   * @param verbose whether each finding that did not pass gets a line as it comes
   */
  public TerminalProgress(
      PrintStream out, boolean inPlace, Ansi ansi, int columns, boolean verbose) {
    this(out, inPlace, ansi, columns, verbose, System::nanoTime);
  }

  TerminalProgress(
      PrintStream out,
      boolean inPlace,
      Ansi ansi,
      int columns,
      boolean verbose,
      LongSupplier nanos) {
    this.out = out;
    this.inPlace = inPlace;
    this.ansi = ansi;
    this.columns = Math.max(20, columns);
    this.verbose = verbose;
    this.nanos = nanos;
  }

  @Override
  public synchronized void planned(long aboutMs) {
    planned = true;
    expectedEndNanos = nanos.getAsLong() + aboutMs * 1_000_000;
  }

  @Override
  public synchronized void stageStarted(Stage stage, int total) {
    stages.put(stage, new Counter(total, nanos.getAsLong()));
    String toRun = total > 0 ? ": " + total + " to run" : "";
    say(ansi.bold(stage.title()) + ansi.faint(toRun));
  }

  @Override
  public synchronized void running(Stage stage, String what) {
    Counter counter = stages.get(stage);
    if (counter != null) {
      counter.running = what;
      redraw();
    }
  }

  @Override
  public synchronized void finished(Finding finding) {
    Counter counter = stages.get(finding.stage());
    if (counter != null) {
      counter.done++;
    }
    Status status = Status.of(finding);
    if (verbose && status.wantsAttention()) {
      String badge =
          ansi.paint(
              status, String.format(Locale.ROOT, "%s %-13s", status.glyph(), status.label()));
      String why = finding.seen() == null ? finding.requirement() : finding.seen();
      say("  " + badge + " " + OneLine.of(finding.title() + ": " + why, 300));
    } else {
      redraw();
    }
  }

  @Override
  public synchronized void stageEnded(Stage stage) {
    Counter counter = stages.remove(stage);
    if (counter != null) {
      long ms = (nanos.getAsLong() - counter.startedNanos) / 1_000_000;
      say(
          ansi.faint(
              "  " + stage.title() + ": " + progress(counter) + " in " + Words.duration(ms)));
    }
  }

  @Override
  public synchronized void note(String text) {
    say(OneLine.of(text, 500));
  }

  @Override
  public synchronized void close() {
    erase();
    stages.clear();
    out.flush();
  }

  /** A line that stays. */
  private void say(String line) {
    erase();
    out.println(line);
    redraw();
  }

  private void erase() {
    if (lineShown) {
      out.print(ERASE_LINE);
      lineShown = false;
    }
  }

  private void redraw() {
    if (inPlace && !stages.isEmpty()) {
      StringBuilder line = new StringBuilder("  ").append(left());
      stages.forEach(
          (stage, c) -> line.append(line.length() > 2 ? "  |  " : "").append(now(stage, c)));
      out.print(ERASE_LINE + OneLine.of(line.toString(), columns - 1));
      lineShown = true;
    }
    out.flush();
  }

  /** How long is left, as far as that can be known. */
  private String left() {
    if (!planned) {
      return "";
    }
    long ms = (expectedEndNanos - nanos.getAsLong()) / 1_000_000;
    return ms > 0 ? "about " + Math.max(1, ms / 1_000) + " s left" : "longer than usual";
  }

  private static String now(Stage stage, Counter counter) {
    return (stage + " " + progress(counter) + " " + counter.running).strip();
  }

  private static String progress(Counter counter) {
    return counter.total > 0 ? counter.done + "/" + counter.total : counter.done + " done";
  }
}
