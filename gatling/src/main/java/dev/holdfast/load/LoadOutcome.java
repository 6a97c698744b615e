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
 * @param finding whether every conversation held, with the first that did not; null when none was
 *     checked
 * @param problems what keeps the figures from being worth anything
 * @param gatlingReport Gatling's own {@code index.html}; null when it wrote none
 * @param evidence the first broken conversation as a history; null when all held
 */
public record LoadOutcome(
    @Nullable LoadResult result,
    @Nullable Finding finding,
    List<Problem> problems,
    @Nullable Path gatlingReport,
    @Nullable Path evidence) {

  public LoadOutcome {
    problems = List.copyOf(problems);
  }
}
