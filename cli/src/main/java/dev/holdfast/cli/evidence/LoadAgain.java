package dev.holdfast.cli.evidence;

import dev.holdfast.load.LimitSearch;
import dev.holdfast.load.LoadMerge;
import dev.holdfast.load.LoadOutcome;
import dev.holdfast.load.MergeException;
import dev.holdfast.report.budget.Budgets;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.LoadStep;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up a bundle's load again: its figures, findings, problems, steps and budgets. */
final class LoadAgain {
  private static final String LIMIT = "load/limit";

  private final Path bundle;
  private final Path evidence;
  private final Notes notes;

  LoadAgain(Path bundle, Notes notes) {
    this.bundle = bundle;
    this.notes = notes;
    evidence = bundle.resolve("evidence");
  }

  void check() throws IOException {
    Budgets budgets = budgets();
    boolean there = Files.isDirectory(evidence.resolve("load"));
    if (notes.report.loads().isEmpty()) {
      withoutFigures(there, budgets);
      return;
    }
    LoadResult claimed = notes.report.loads().getFirst();
    if (notes.report.loads().size() > 1) {
      notes.differs.add("there is more than one load, and evidence of one at most");
    } else if (!there && notes.report.command().contains(" merge ")) {
      notes.left.add("a load that was merged of parts that lie elsewhere: verify each of them");
    } else if (!there) {
      notes.differs.add("the load is not in the evidence");
    } else if (claimed.steps().isEmpty()) {
      single(claimed);
    } else {
      growing(claimed, budgets);
    }
    notes.compareList(
        "the budgets",
        notes.report.budgets(),
        StarvedLoad.excuse(budgets.judge(claimed), StarvedLoad.read(evidence)));
    notes.done.add(notes.report.budgets().size() + " budgets judged again");
  }

  private void withoutFigures(boolean there, Budgets budgets) throws IOException {
    if (there && !notes.report.isPartial() && measured()) {
      notes.differs.add("the evidence holds a load, and the report shows none");
    }
    if (!notes.report.budgets().isEmpty()) {
      notes.compare(
          "the budgets", notes.report.budgets(), budgets.unmeasured("the load did not run"));
    }
    notes.noneBut(Stage.LOAD, List.of());
  }

  private boolean measured() throws IOException {
    try (var files = Files.walk(evidence.resolve("load"))) {
      return files.anyMatch(f -> f.endsWith("measured.json"));
    }
  }

  /** The limits on record, which have to be those that were declared, where any were. */
  private Budgets budgets() throws IOException {
    Map<String, Double> declared = LimitsRecord.declared(evidence);
    Budgets kept = LimitsRecord.read(evidence);
    if (kept == null) {
      if (!notes.report.budgets().isEmpty()) {
        notes.differs.add("budgets are judged, and " + LimitsRecord.FILE + " has no limits");
      }
      return Budgets.none();
    }
    if (!declared.isEmpty() && !declared.equals(kept.limits())) {
      notes.differs.add("the budgets are not those that were declared");
    }
    return kept;
  }

  private void single(LoadResult claimed) throws IOException {
    LoadOutcome again = outcome(evidence.resolve("load"));
    LoadResult result = again == null ? null : again.result();
    if (again == null || result == null) {
      notes.differs.add("the load is not in the evidence");
      return;
    }
    figures(claimed, MemoryRecord.addTo(result, evidence));
    found(again.findings(), List.of());
    again.problems().stream()
        .filter(p -> !notes.report.problems().contains(p))
        .forEach(p -> notes.differs.add("left out of the report: " + p.message()));
  }

  private void figures(LoadResult claimed, LoadResult again) {
    if (!again.equals(claimed)) {
      notes.differs.add("the load's figures are not those of its intervals");
    }
    notes.done.add(
        String.format(Locale.ROOT, "a load of %,d messages added up again", again.messages()));
  }

  /** Findings of the load are those of its files, and there are no others. */
  private void found(List<Finding> again, List<Finding> more) {
    List<Finding> all = new ArrayList<>(again);
    all.addAll(more);
    for (Finding finding : all) {
      List<Finding> claimed =
          notes.report.findings(Stage.LOAD).stream()
              .filter(f -> f.address().equals(finding.address()))
              .toList();
      boolean absent = notes.report.isPartial() && claimed.isEmpty();
      if (!absent && !claimed.equals(List.of(finding))) {
        notes.differs.add(
            String.format(
                Locale.ROOT,
                "load %s is %s by its files: %s",
                finding.address(),
                finding.verdict().label(),
                finding.seen()));
      }
    }
    notes.noneBut(Stage.LOAD, all.stream().map(Finding::address).toList());
  }

  /** Loads that grew until one gave way. */
  private void growing(LoadResult claimed, Budgets budgets) throws IOException {
    List<LoadStep> steps = new ArrayList<>();
    LoadOutcome held = null;
    LoadOutcome gaveWay = null;
    for (LoadStep step : claimed.steps()) {
      LoadOutcome again = outcome(evidence.resolve("load/step-" + step.people()));
      if (again == null) {
        notes.left.add(
            String.format(Locale.ROOT, "a load of %,d people that left no figures", step.people()));
        steps.add(step);
        continue;
      }
      String broke = GaveWay.in(again, budgets);
      steps.add(LimitSearch.step(step.people(), again.result(), broke));
      if (broke.isEmpty()) {
        held = again;
      } else {
        gaveWay = again;
      }
    }
    notes.compare("the steps of the load", claimed.steps(), steps);
    LoadOutcome shown = held != null ? held : gaveWay;
    LoadResult result = shown == null ? null : shown.result();
    if (shown == null || result == null) {
      notes.left.add("the load that is shown: no step left figures");
      return;
    }
    figures(claimed, result.with(steps));
    List<Finding> broke =
        gaveWay == null ? List.of() : gaveWay.findings().stream().filter(Finding::fails).toList();
    Finding limit =
        Finding.about(Stage.LOAD, LIMIT, "How many people are too many is known.")
            .verdict(
                held == null ? Verdict.INCONCLUSIVE : Verdict.PASS,
                new LimitSearch.Limit(held, gaveWay, steps).text());
    found(broke.isEmpty() ? shown.findings() : broke, List.of(limit));
  }

  private @Nullable LoadOutcome outcome(Path folder) throws IOException {
    try {
      return LoadMerge.of(List.of(folder), bundle);
    } catch (MergeException e) {
      return null;
    }
  }
}
