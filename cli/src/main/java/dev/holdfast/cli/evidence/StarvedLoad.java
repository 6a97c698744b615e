package dev.holdfast.cli.evidence;

import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load on a machine that withheld processor time: its budgets of time tell nothing about the
 * target where they were exceeded.
 */
public final class StarvedLoad {
  /** Within the evidence; only there when the machine was starved. */
  public static final String FILE = "machine.txt";

  private static final String OF_TIME = "ms";

  private StarvedLoad() {}

  /** How the machine was starved under a load, as the evidence says; null where it was not. */
  static @Nullable String read(Path evidence) throws IOException {
    Path file = evidence.resolve(FILE);
    return Files.exists(file) ? Files.readString(file).strip() : null;
  }

  /**
   * The budgets as they count.
   *
   * @param starved how the machine was starved; null where it was not
   */
  public static List<BudgetResult> excuse(List<BudgetResult> judged, @Nullable String starved) {
    return judged.stream().map(b -> starved == null ? b : excuse(b, starved)).toList();
  }

  private static BudgetResult excuse(BudgetResult b, String starved) {
    return b.verdict() == Verdict.FAIL && b.unit().equals(OF_TIME)
        ? new BudgetResult(
            b.name(),
            b.measured(),
            b.limit(),
            b.margin(),
            b.unit(),
            b.samples(),
            Verdict.INCONCLUSIVE,
            starved)
        : b;
  }
}
