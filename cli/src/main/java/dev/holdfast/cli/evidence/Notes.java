package dev.holdfast.cli.evidence;

import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is noted while a bundle is judged again, and how claims are compared. A partial report may
 * say less than its evidence, for it ended in between, and never anything else.
 */
final class Notes {
  final RunReport report;
  final List<String> done = new ArrayList<>();
  final List<String> left = new ArrayList<>();
  final List<String> differs = new ArrayList<>();

  Notes(RunReport report) {
    this.report = report;
  }

  /** Holds a claim against what the evidence gives. */
  void compare(String what, Object claimed, Object again) {
    if (!claimed.equals(again)) {
      differs.add(what + " differ from what the evidence gives");
    }
  }

  /** The same of a list that a partial report may not have got to. */
  void compareList(String what, List<?> claimed, List<?> again) {
    if (!(report.isPartial() && claimed.isEmpty())) {
      compare(what, claimed, again);
    }
  }

  /** Looks for a finding that the evidence gives: its verdict and its words. */
  void same(Finding again) {
    List<Finding> claimed =
        report.findings(again.stage()).stream()
            .filter(f -> f.address().equals(again.address()))
            .toList();
    boolean same =
        claimed.stream()
            .anyMatch(f ->
                f.verdict() == again.verdict()
                    && Objects.equals(f.seen(), again.seen())
                    && Objects.equals(f.expected(), again.expected()));
    if (!same && !(report.isPartial() && claimed.isEmpty())) {
      String seen = again.seen() == null ? "" : ": " + again.seen();
      differs.add(again.address() + " is " + again.verdict().label() + " by its evidence" + seen);
    }
  }

  /** Findings of a stage that the evidence gives nothing of. */
  void noneBut(Stage stage, List<String> addresses) {
    report.findings(stage).stream()
        .filter(f -> !addresses.contains(f.address()))
        .forEach(f -> differs.add(stage + " " + f.address() + " has nothing in the evidence"));
  }
}
