package dev.holdfast.cli.evidence;

import dev.holdfast.load.LoadMerge;
import dev.holdfast.report.budget.Budgets;
import dev.holdfast.report.bundle.Manifest;
import dev.holdfast.report.bundle.Seal;
import dev.holdfast.report.format.Format;
import dev.holdfast.report.format.Formats;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.AuditSummary;
import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.GatlingSummary;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Timeline;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.rollout.CohortJudge;
import dev.holdfast.scenarios.rollout.RolloutCheck.Asked;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Comes to a bundle's verdict again from its evidence, and says where that differs from what its
 * report claims.
 *
 * <p>What only happened once, a conformance case against a server that ran then, cannot be had
 * again: its frames are in the report, and the seal says that nobody touched them.
 */
public final class Recomputation {
  /** How it went: what was done again, a line each, and what differs; nothing differs in truth. */
  public record Result(RunReport report, List<String> done, List<String> differs) {
    public Result {
      done = List.copyOf(done);
      differs = List.copyOf(differs);
    }

    public boolean sound() {
      return differs.isEmpty();
    }
  }

  private final Path bundle;
  private final Path evidence;
  private final RunReport report;
  private final Manifest manifest;
  private final List<String> done = new ArrayList<>();
  private final List<String> differs = new ArrayList<>();

  private Recomputation(Path bundle) {
    this.bundle = bundle;
    evidence = bundle.resolve("evidence");
    report = JsonFormat.read(bundle.resolve("report.json"));
    manifest = Manifest.read(bundle);
  }

  /**
   * Recomputes a bundle.
   *
   * @param seal the one that was kept elsewhere, or null
   */
  public static Result of(Path bundle, @Nullable String seal) throws IOException {
    Recomputation again = new Recomputation(bundle);
    again.files(seal);
    again.auditHeads();
    again.histories();
    again.rollout();
    again.audit();
    again.loads();
    again.budgets();
    again.baseline();
    again.verdict();
    again.pages();
    return new Result(again.report, again.done, again.differs);
  }

  private void files(@Nullable String seal) throws IOException {
    String found = Seal.of(bundle);
    if (seal != null && !seal.equals(found)) {
      differs.add("manifest.json is not the one that was sealed: its SHA-256 is " + found);
    }
    differs.addAll(Seal.broken(bundle, manifest));
    done.add(manifest.files().size() + " files hashed; seal " + found);
  }

  private void auditHeads() {
    Map<String, String> kept = manifest.auditHeads();
    Map<String, String> now = AuditEvidence.heads(bundle);
    kept.forEach((folder, head) -> {
      String is = now.getOrDefault(folder, "gone");
      if (!head.equals(is)) {
        differs.add(folder + ": its chain ended at " + head + ", and now " + is);
      }
    });
    if (!kept.isEmpty()) {
      done.add(kept.size() + " audit chain followed to its head");
    }
  }

  private void histories() throws IOException {
    int judged = 0;
    for (Path folder : judgedFolders()) {
      Path named = evidence.relativize(folder);
      Stage stage = Stage.valueOf(named.getName(0).toString().toUpperCase(java.util.Locale.ROOT));
      String profile = named.getName(1).toString();
      String address = named.subpath(2, named.getNameCount()).toString().replace('\\', '/');
      Rules rules = Rules.read(folder);
      var records = Rules.history(folder);
      compare(stage, address, profile, rules.judge(records));
      if (stage != Stage.ROLLOUT) {
        timeline(Timelines.of(stage, address, profile, records));
      }
      judged++;
    }
    done.add(judged + " histories judged again");
  }

  private List<Path> judgedFolders() throws IOException {
    if (!Files.isDirectory(evidence)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(evidence)) {
      return files
          .filter(f -> f.endsWith(Rules.FILE))
          .map(f -> Objects.requireNonNull(f.getParent()))
          .sorted()
          .toList();
    }
  }

  private void compare(Stage stage, String address, String profile, List<CheckResult> checks) {
    String named = stage == Stage.ROLLOUT ? "rollout/kill-switch-loses-nothing" : address;
    Finding claimed =
        report.findings(stage).stream()
            .filter(f -> f.address().equals(named) && f.profile().equals(profile))
            .findFirst()
            .orElse(null);
    String who = stage + " " + named + " (" + profile + ")";
    if (claimed == null) {
      if (!report.isPartial()) {
        differs.add(who + " has a history, and no finding");
      }
    } else if (!claimed.checks().equals(checks)) {
      differs.add(
          who + ": its judges say something else of its history: " + first(checks, claimed));
    } else if (claimed.verdict() == Verdict.PASS
        && checks.stream().anyMatch(c -> c.verdict() != Verdict.PASS)) {
      differs.add(who + " is said to pass, and a judge disagrees");
    }
  }

  private static String first(List<CheckResult> checks, Finding claimed) {
    return checks.stream()
        .filter(c -> !claimed.checks().contains(c))
        .map(c -> c.checker() + ": " + c.evidence())
        .findFirst()
        .orElse("there were other judges");
  }

  private void timeline(Timeline again) {
    if (!report.isPartial() && !report.exhibits().timelines().contains(again)) {
      differs.add("the timeline of " + again.address() + " is not that of its history");
    }
  }

  private void rollout() throws IOException {
    if (Files.exists(evidence.resolve(RolloutRecord.CENSUS))) {
      List<Asked> asked = RolloutRecord.readCensus(evidence);
      differ(
          "the shares of the rollout", report.exhibits().rollout(), RolloutVerdict.shares(asked));
      boolean own =
          report.findings(Stage.ROLLOUT).stream()
              .noneMatch(f ->
                  f.address().equals(RolloutVerdict.MONOTONIC)
                      && f.verdict() == Verdict.NOT_APPLICABLE);
      RolloutVerdict.members(asked, own).forEach(this::sameFinding);
      done.add("a census of " + asked.getFirst().users() + " users judged again");
    }
    if (Files.exists(evidence.resolve(RolloutRecord.TRIAL))) {
      CohortJudge judge = new CohortJudge(RolloutVerdict.ALPHA, RolloutVerdict.MARGIN);
      long lateMs = RolloutRecord.readTrial(evidence, judge);
      CohortJudge.Judgement judgement = judge.judge();
      differ("cohort and control", report.exhibits().cohort(), RolloutVerdict.cohort(judgement));
      sameFinding(TrialFinding.of(judgement, lateMs, 0));
      done.add(judge.heard().size() + " answers of cohort and control judged again");
    }
  }

  private void audit() throws IOException {
    List<AuditSummary> claimed = report.exhibits().audit();
    if (claimed.isEmpty()) {
      return;
    }
    AuditEvidence.Found again = AuditEvidence.again(bundle);
    if (again == null) {
      differs.add("the audit log is not in the evidence");
      return;
    }
    again.findings().forEach(this::sameFinding);
    AuditSummary was = claimed.getFirst();
    AuditSummary now = again.summary();
    // The server's own last words, that it stops, come after the proof.
    if (was.observed() != now.observed() || was.recorded() != now.recorded()) {
      differs.add("the audit log has %d of %d events".formatted(now.recorded(), now.observed()));
    }
    done.add(now.observed() + " events looked for in the audit log again");
  }

  /** A finding of the report, but for what differs from run to run. */
  private void sameFinding(Finding again) {
    boolean same =
        report.findings(again.stage()).stream()
            .anyMatch(f ->
                f.address().equals(again.address())
                    && f.verdict() == again.verdict()
                    && Objects.equals(f.seen(), again.seen()));
    if (!same && !report.isPartial()) {
      String seen = again.seen() == null ? "" : ": " + again.seen();
      differs.add(again.address() + " is " + again.verdict().label() + " by its evidence" + seen);
    }
  }

  private void loads() throws IOException {
    if (report.loads().size() != 1 || !report.loads().getFirst().steps().isEmpty()) {
      return;
    }
    LoadResult claimed = report.loads().getFirst();
    LoadResult again = LoadMerge.of(List.of(bundle), bundle).result();
    if (again == null) {
      differs.add("the load is not in the evidence");
      return;
    }
    LoadResult whole = MemoryRecord.addTo(again, evidence).withGatling(claimed.gatling());
    List<GatlingSummary> drawn = again.gatling();
    if (!whole.equals(claimed) || !rows(drawn).equals(rows(claimed.gatling()))) {
      differs.add("the load's figures are not those of its intervals");
    }
    done.add("a load of %,d messages added up again".formatted(whole.messages()));
  }

  private static List<List<GatlingSummary.Row>> rows(List<GatlingSummary> summaries) {
    return summaries.stream().map(GatlingSummary::rows).toList();
  }

  private void budgets() {
    if (report.loads().size() != 1) {
      return;
    }
    Map<String, Double> limits = new LinkedHashMap<>();
    report.budgets().forEach(b -> limits.put(b.name(), b.limit()));
    List<BudgetResult> again = Budgets.of(limits).judge(report.loads().getFirst());
    differ("the budgets", report.budgets(), again);
    done.add(again.size() + " budgets judged again");
  }

  private void baseline() throws IOException {
    if (Files.isDirectory(evidence.resolve("baseline"))) {
      Long seed = report.seed();
      differ(
          "the comparison with the baseline",
          report.exhibits().baseline(),
          Baseline.ratios(evidence, seed == null ? 0 : seed));
      done.add("the comparison with the baseline drawn again");
    }
  }

  private void verdict() {
    differ("the verdict", report.outcome(), report.judgedAgain());
    differ("the manifest's exit code", manifest.exitCode(), report.outcome().exitCode());
    differ("the manifest told by the report", manifest.tells(report), true);
    done.add("the verdict reached again: " + report.outcome().verdict().label());
  }

  private void pages() throws IOException {
    for (Format format : Formats.FILES) {
      StringWriter drawn = new StringWriter();
      format.write(report, drawn);
      Path file = bundle.resolve(format.fileName());
      if (!Files.exists(file) || !Files.readString(file).equals(drawn.toString())) {
        differs.add(format.fileName() + " does not show what report.json says");
      }
    }
    done.add(Formats.FILES.size() + " pages drawn again, byte for byte");
  }

  private void differ(String what, Object claimed, Object again) {
    if (!claimed.equals(again) && !report.isPartial()) {
      differs.add(what + " differ from what the evidence gives");
    }
  }
}
