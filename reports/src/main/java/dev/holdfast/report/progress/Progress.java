package dev.holdfast.report.progress;

import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Outcome;
import dev.holdfast.report.result.Stage;

/**
 * Is told what happens while a run is going on.
 *
 * <p>Any thread may call, and stages may run side by side. No call blocks for long or throws.
 */
public interface Progress extends AutoCloseable {

  /** Says nothing. */
  Progress SILENT = new Progress() {};

  /** The whole is expected to take about so long, from now on. */
  default void planned(long aboutMs) {}

  /** A stage begins; {@code total} findings are to come, 0 when that is not known. */
  default void stageStarted(Stage stage, int total) {}

  /** Something begins within a stage: a case's address, or a moment of a load in words. */
  default void running(Stage stage, String what) {}

  /** A finding is there. */
  default void finished(Finding finding) {}

  /** A stage is over, whole or not. */
  default void stageEnded(Stage stage) {}

  /** Anything else that a person should know now, in one sentence. */
  default void note(String text) {}

  /** The run is over and judged. */
  default void judged(Outcome outcome) {}

  /** Leaves the terminal as it was found. */
  @Override
  default void close() {}
}
