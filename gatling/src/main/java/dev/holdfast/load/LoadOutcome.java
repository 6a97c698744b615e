package dev.holdfast.load;

import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Problem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load came to.
 *
 * @param result what was measured; null when the load did not come that far
 * @param findings whether every conversation held, with the first that did not, and whether
 *     everybody came back who lost the connection; empty when nothing can be said
 * @param problems what keeps the figures from being worth anything
 * @param gatlingReport Gatling's own {@code index.html}, of the first injector; null when it wrote
 *     none
 * @param folder with all files of this load, from which Gatling's reports are linked; null when
 *     there are none
 * @param evidence the first broken conversation as a history; null when all held
 */
public record LoadOutcome(
    @Nullable LoadResult result,
    List<Finding> findings,
    List<Problem> problems,
    @Nullable Path gatlingReport,
    @Nullable Path folder,
    @Nullable Path evidence) {

  public LoadOutcome {
    findings = List.copyOf(findings);
    problems = List.copyOf(problems);
  }

  static LoadOutcome none(List<Problem> problems) {
    return new LoadOutcome(null, List.of(), problems, null, null, null);
  }

  /** The same with other figures. */
  public LoadOutcome with(LoadResult other) {
    return new LoadOutcome(other, findings, problems, gatlingReport, folder, evidence);
  }

  /** The same with other findings. */
  public LoadOutcome with(List<Finding> others) {
    return new LoadOutcome(result, others, problems, gatlingReport, folder, evidence);
  }

  /** Whether every conversation held; null when nobody talked. */
  public @Nullable Finding finding() {
    return findings.isEmpty() ? null : findings.getFirst();
  }
}
