package dev.holdfast.cli.gate;

import dev.holdfast.cli.run.Run;
import dev.holdfast.report.result.Stage;

/** One part of a gate: plays its share against the run's subject and hands in what it finds. */
public interface GateStage {

  /** Where its findings stand in the report. */
  Stage stage();

  /** Whether it says anything about the subject; a stage that does not is left out, and said. */
  default boolean appliesTo(Run run) {
    return true;
  }

  /**
   * Plays it, within a minute.
   *
   * @throws InterruptedException when the run was cut short; what was handed in stays
   */
  void run(Run run) throws Exception;
}
