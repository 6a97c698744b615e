package dev.holdfast.load;

import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Problem;
import dev.holdfast.report.result.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an outcome of the files that a load's JVM left behind. */
final class Reading {
  private final LoadPlan plan;
  private final LoadFiles files;
  private final List<Problem> problems = new ArrayList<>();

  Reading(LoadPlan plan, LoadFiles files) {
    this.plan = plan;
    this.files = files;
  }

  /**
   * @param inTime whether that JVM came to an end by itself
   */
  LoadOutcome outcome(boolean inTime) throws IOException {
    if (!inTime) {
      trouble("the load did not end in time; see " + files.log().getFileName());
    }
    if (!Files.exists(files.measured())) {
      if (inTime) {
        trouble("the load's JVM broke; see " + files.log().getFileName());
      }
      return new LoadOutcome(null, null, problems, null, null);
    }
    Measured measured = files.readMeasured();
    if (measured.fault() != null) {
      trouble("a client of Holdfast's own broke under load: " + measured.fault());
    }
    nobodyCameIn(measured);
    return new LoadOutcome(
        measured.result(),
        finding(measured),
        problems,
        files.settleGatlingReport(),
        measured.firstBroken() == null ? null : files.broken());
  }

  private void trouble(String what) {
    problems.add(new Problem(ExitCode.INTERNAL, what));
  }

  private void nobodyCameIn(Measured measured) {
    LoadResult result = measured.result();
    if (result.attempts() == result.failedAttempts()) {
      problems.add(
          new Problem(
              ExitCode.INCONCLUSIVE,
              "nobody could connect to %s: %d attempts failed, the last because %s"
                  .formatted(plan.url(), result.attempts(), measured.lastFailure())));
    }
  }

  private @Nullable Finding finding(Measured measured) throws IOException {
    LoadResult result = measured.result();
    if (result.conversationsChecked() == 0) {
      return null;
    }
    FindingBuilder finding =
        Finding.about(
                Stage.LOAD,
                "load/every-conversation-holds",
                "With many people at once every message is answered once, in order.")
            .took(result.durationMs())
            .expected("every conversation to hold")
            .rerun(
                "./holdfast load %s --profile %s --users %d --duration %ds"
                    .formatted(
                        plan.url(),
                        plan.profile().word(),
                        plan.users(),
                        plan.durationMs() / 1_000));
    Broken broken = measured.firstBroken();
    if (broken == null) {
      return finding.pass();
    }
    return finding
        .checks(broken.checks())
        .trace(Evidence.read(files.broken()))
        .violated(
            "%s (%s after %.1f s with %d connections; %d of %d conversations broke)"
                .formatted(
                    broken.evidence(),
                    broken.person(),
                    broken.atMs() / 1_000.0,
                    broken.connections(),
                    result.conversationsBroken(),
                    result.conversationsChecked()));
  }
}
