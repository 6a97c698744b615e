package dev.holdfast.load;

import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Verdict;
import java.util.List;

/**
 * A conversation that did not hold.
 *
 * @param person whose it was
 * @param atMs when it broke, since the load started, as far as that can be told
 * @param connections how many were open at that moment
 */
record Broken(String person, long atMs, int connections, List<CheckResult> checks) {

  Broken {
    checks = List.copyOf(checks);
  }

  /** What was wrong, in the words of the first judge who said so. */
  String evidence() {
    return checks.stream()
        .filter(c -> c.verdict() == Verdict.FAIL)
        .map(c -> c.checker() + ": " + c.evidence())
        .findFirst()
        .orElse("nothing was wrong");
  }
}
