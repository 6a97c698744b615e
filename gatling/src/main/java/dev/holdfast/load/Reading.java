package dev.holdfast.load;

import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.GatlingSummary;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes an outcome of the files that the JVMs of a load left behind. */
final class Reading {
  /** Injectors that start further apart than this did not make one load. */
  private static final long MOST_LATE_MS = 1_000;

  private final Path folder;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param folder from which Gatling's reports are linked
   */
  Reading(Path folder) {
    this.folder = folder;
  }

  /**
   * What the parts came to.
   *
   * @param inTime whether their JVMs came to an end by themselves
   */
  LoadOutcome outcome(List<LoadFiles> files, boolean inTime) throws IOException {
    if (!inTime) {
      trouble("the load did not end in time; see " + files.getFirst().log().getFileName());
    }
    List<Part> parts = new ArrayList<>();
    for (LoadFiles part : files) {
      if (Files.exists(part.measured())) {
        parts.add(Part.read(part.folder()));
      } else if (inTime) {
        trouble("a JVM of the load broke; see " + part.log().getFileName());
      }
    }
    return parts.isEmpty() ? LoadOutcome.none(problems) : outcome(parts);
  }

  /** Says which injectors' parts are not there: without them the sum says less than was asked. */
  Reading missing(List<Integer> indexes) {
    if (!indexes.isEmpty()) {
      inconclusive("parts are missing: of injector " + indexes);
    }
    return this;
  }

  LoadOutcome outcome(List<Part> parts) throws IOException {
    Merge merge = Merge.of(parts);
    judge(merge);
    List<GatlingSummary> summaries = summaries(parts);
    LoadResult result = merge.result().withGatling(summaries);
    List<Finding> findings = new Findings(merge).all();
    Part broken = merge.brokenIn();
    return new LoadOutcome(
        result,
        findings,
        problems,
        summaries.isEmpty() ? null : folder.resolve(summaries.getFirst().link()),
        folder,
        broken == null ? null : broken.files().broken());
  }

  private void judge(Merge merge) {
    Measured measured = merge.measured();
    if (measured.fault() != null) {
      trouble("Holdfast itself broke under load: " + measured.fault());
    }
    if (measured.lateMs() > MOST_LATE_MS) {
      inconclusive(
          String.format(
              Locale.ROOT,
              "an injector began %d ms after the time agreed on; give them more with --start-at",
              measured.lateMs()));
    }
    Counts counts = measured.counts();
    if (merge.plan().somebodyDials() && counts.attempts() == 0) {
      inconclusive(
          "no client began to connect in this time; give more --users or a longer --duration");
    } else if (merge.plan().somebodyDials() && counts.attempts() == counts.failedAttempts()) {
      inconclusive(
          String.format(
              Locale.ROOT,
              "no client could connect to %s: %d attempts failed, the last because %s",
              merge.plan().url(),
              counts.attempts(),
              counts.lastFailure()));
    }
    answers("on the WebSocket", counts.socket());
    answers("over HTTP", counts.http());
  }

  /** Of people who were never answered nothing can be said, and nobody can be compared to them. */
  private void answers(String where, Arm arm) {
    if (arm.answersNothing()) {
      inconclusive(
          String.format(
              Locale.ROOT,
              "no message %s was answered: all %d failed, the last because: %s",
              where,
              arm.ended(),
              arm.lastFailure()));
    }
  }

  private List<GatlingSummary> summaries(List<Part> parts) throws IOException {
    List<GatlingSummary> summaries = new ArrayList<>();
    for (Part part : parts) {
      @Nullable Path page = part.files().settleGatlingReport();
      if (page != null) {
        String link = folder.relativize(page).toString().replace('\\', '/');
        read(page, link, summaries);
      }
    }
    return summaries;
  }

  /** A page that is not as we know it is nobody's fault but ours, and no summary of zeros. */
  private void read(Path page, String link, List<GatlingSummary> summaries) throws IOException {
    try {
      summaries.add(GatlingPage.read(page, link));
    } catch (GatlingPage.Unreadable e) {
      trouble("Gatling's report cannot be read: " + e.getMessage());
    }
  }

  private void inconclusive(String what) {
    problems.add(new Problem(ExitCode.INCONCLUSIVE, what));
  }

  private void trouble(String what) {
    problems.add(new Problem(ExitCode.INTERNAL, what));
  }
}
