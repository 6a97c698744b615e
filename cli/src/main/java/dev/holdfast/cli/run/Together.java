package dev.holdfast.cli.run;

import dev.holdfast.report.format.Redaction;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Outcome;
import dev.holdfast.report.result.Stage;
import java.util.List;
import java.util.function.Consumer;

/** Several listeners as one, which can be told that the rest does not matter any more. */
final class Together implements Progress {
  private final List<Progress> all;
  private final Redaction redaction;
  private volatile boolean hushed;

  Together(List<Progress> all, Redaction redaction) {
    this.redaction = redaction;
    this.all = List.copyOf(all);
  }

  /** From now on only the verdict is passed on: what a cut run still says is about its cutting. */
  void hush() {
    hushed = true;
  }

  @Override
  public void planned(long aboutMs) {
    tell(p -> p.planned(aboutMs));
  }

  @Override
  public void stageStarted(Stage stage, int total) {
    tell(p -> p.stageStarted(stage, total));
  }

  @Override
  public void running(Stage stage, String what) {
    tell(p -> p.running(stage, what));
  }

  @Override
  public void finished(Finding finding) {
    Finding shown = redaction.of(finding, Finding.class);
    tell(p -> p.finished(shown));
  }

  @Override
  public void stageEnded(Stage stage) {
    tell(p -> p.stageEnded(stage));
  }

  @Override
  public void note(String text) {
    String shown = redaction.of(text);
    tell(p -> p.note(shown));
  }

  @Override
  public void judged(Outcome outcome) {
    all.forEach(p -> p.judged(outcome));
  }

  @Override
  public void close() {
    all.forEach(Progress::close);
  }

  private void tell(Consumer<Progress> call) {
    if (!hushed) {
      all.forEach(call);
    }
  }
}
