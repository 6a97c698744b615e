package dev.holdfast.cli.gate;

import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.scenarios.chaos.Verdicts;
import dev.holdfast.scenarios.check.Checker.Truth;
import dev.holdfast.scenarios.check.Premise;
import dev.holdfast.scenarios.rollout.KillSwitchDrill.Outcome;
import java.util.ArrayList;
import java.util.List;

/** The words for a rollback drill. */
final class DrillFinding {
  private DrillFinding() {}

  static Finding of(FindingBuilder finding, Outcome outcome, int people) {
    List<String> wrong = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    List<CheckResult> checks = new ArrayList<>();
    outcome
        .judged()
        .forEach((judge, judged) -> {
          checks.add(Verdicts.result(judge, judged));
          if (judged.truth() != Truth.TRUE && judged.truth() != Truth.EXCLUDED) {
            (judged.truth() == Truth.FALSE ? wrong : unknown).add(judge + ": " + judged.evidence());
          }
        });
    if (!outcome.stranded().isEmpty()) {
      wrong.add("did not go on over HTTP: " + String.join(", ", outcome.stranded()));
    }
    if (!outcome.lost().isEmpty()) {
      wrong.add("did not come back to the WebSocket: " + String.join(", ", outcome.lost()));
    }
    if (!outcome.differing().isEmpty()) {
      wrong.add(outcome.differing());
    }
    if (!outcome.uncut().isEmpty()) {
      unknown.add("was not in mid-run any more: " + String.join(", ", outcome.uncut()));
    }
    finding
        .checks(checks)
        .expected(
            people
                + " people go on over HTTP when the WebSocket is turned off in mid-run, and come back");
    if (!outcome.unproven().isEmpty()) {
      wrong.addAll(unknown);
      String seen = wrong.isEmpty() ? "" : "; without that: " + String.join("; ", wrong);
      return finding.inconclusive(Premise.NOT_PROVEN + outcome.unproven() + seen);
    }
    if (!wrong.isEmpty()) {
      return finding.violated(String.join("; ", wrong));
    }
    return unknown.isEmpty() ? finding.pass() : finding.inconclusive(String.join("; ", unknown));
  }
}
