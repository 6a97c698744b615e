package dev.holdfast.cli.evidence;

import dev.holdfast.report.bundle.Manifest;
import dev.holdfast.report.bundle.Seal;
import dev.holdfast.report.format.Format;
import dev.holdfast.report.format.Formats;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.AuditSummary;
import dev.holdfast.report.result.BaselineRatio;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.rollout.CohortJudge;
import dev.holdfast.scenarios.rollout.RolloutCheck.Asked;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Comes to a bundle's verdict again from its evidence, and says where that differs from what its
 * report claims, and what cannot be had again: {@link Unprovable} has the list.
 */
public final class Recomputation {
  /**
   * How it went.
   *
   * @param done what was done again, a line each
   * @param left what cannot be had again and stands under the seal alone
   * @param differs what is not as it is claimed; nothing in a true report
   */
  public record Result(
      RunReport report, List<String> done, List<String> left, List<String> differs) {
    public Result {
      done = List.copyOf(done);
      left = List.copyOf(left);
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
  private final Notes notes;

  private Recomputation(Path bundle) {
    this.bundle = bundle;
    evidence = bundle.resolve("evidence");
    report = JsonFormat.read(bundle.resolve("report.json"));
    manifest = Manifest.read(bundle);
    notes = new Notes(report);
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
    new HistoriesAgain(again.evidence, again.notes).check();
    again.rollout();
    again.audit();
    new LoadAgain(bundle, again.notes).check();
    again.baseline();
    again.asAWhole();
    again.verdict();
    again.pages();
    Notes notes = again.notes;
    return new Result(again.report, notes.done, notes.left, notes.differs);
  }

  private void files(@Nullable String seal) throws IOException {
    String found = Seal.of(bundle);
    if (seal != null && !seal.equals(found)) {
      notes.differs.add("manifest.json is not the one that was sealed: its SHA-256 is " + found);
    }
    notes.differs.addAll(Seal.broken(bundle, manifest));
    notes.done.add(manifest.files().size() + " files hashed; seal " + found);
  }

  private void auditHeads() {
    Map<String, String> kept = manifest.auditHeads();
    Map<String, String> now = AuditEvidence.heads(bundle);
    kept.forEach((folder, head) -> {
      String is = now.getOrDefault(folder, "gone");
      if (!head.equals(is)) {
        notes.differs.add(folder + ": its chain ended at " + head + ", and now " + is);
      }
    });
    now.keySet().stream()
        .filter(folder -> !kept.containsKey(folder))
        .forEach(folder -> notes.differs.add(folder + ": where its chain ended was not kept"));
    if (!kept.isEmpty()) {
      notes.done.add(kept.size() + " audit chains followed to their heads");
    }
  }

  private void rollout() throws IOException {
    if (Files.exists(evidence.resolve(RolloutRecord.CENSUS))) {
      List<Asked> asked = RolloutRecord.readCensus(evidence);
      notes.compareList(
          "the shares of the rollout", report.exhibits().rollout(), RolloutVerdict.shares(asked));
      boolean own =
          report.findings(Stage.ROLLOUT).stream()
              .noneMatch(f ->
                  f.address().equals(RolloutVerdict.MONOTONIC)
                      && f.verdict() == Verdict.NOT_APPLICABLE);
      RolloutVerdict.members(asked, own).forEach(notes::same);
      notes.done.add("a census of " + asked.getFirst().users() + " users judged again");
    } else if (!report.exhibits().rollout().isEmpty()) {
      notes.differs.add("shares of a rollout are shown, and no census is in the evidence");
    }
    if (Files.exists(evidence.resolve(RolloutRecord.TRIAL))) {
      CohortJudge judge = new CohortJudge(RolloutVerdict.ALPHA, RolloutVerdict.MARGIN);
      long lateMs = RolloutRecord.readTrial(evidence, judge);
      CohortJudge.Judgement judgement = judge.judge();
      notes.compareList(
          "cohort and control", report.exhibits().cohort(), RolloutVerdict.cohort(judgement));
      notes.same(TrialFinding.of(judgement, lateMs, 0));
      notes.done.add(judge.heard().size() + " answers of cohort and control judged again");
    } else if (!report.exhibits().cohort().isEmpty()) {
      notes.differs.add("cohort and control are shown, and no trial is in the evidence");
    }
  }

  private void audit() throws IOException {
    List<AuditSummary> claimed = report.exhibits().audit();
    if (claimed.isEmpty()) {
      notes.noneBut(Stage.AUDIT, List.of());
      return;
    }
    String notKept = AuditEvidence.notKept(bundle);
    if (notKept != null) {
      notes.left.add("the proof of the audit log. " + notKept);
      return;
    }
    AuditEvidence.Found again = AuditEvidence.again(bundle);
    if (again == null) {
      notes.differs.add("the audit log is not in the evidence");
      return;
    }
    again.findings().forEach(notes::same);
    AuditSummary was = claimed.getFirst();
    AuditSummary now = again.summary();
    // The server's own last words, that it stops, come after the proof.
    if (claimed.size() > 1
        || was.observed() != now.observed()
        || was.recorded() != now.recorded()
        || was.caused() != now.caused()
        || was.explained() != now.explained()) {
      notes.differs.add(
          String.format(
              Locale.ROOT,
              "the audit log has %d of %d events, and a cause for %d of %d entries",
              now.recorded(),
              now.observed(),
              now.explained(),
              now.caused()));
    }
    notes.done.add(now.observed() + " events looked for in the audit log again");
  }

  private void baseline() throws IOException {
    List<BaselineRatio> claimed = report.exhibits().baseline();
    if (Files.isDirectory(evidence.resolve("baseline"))) {
      Long seed = report.seed();
      notes.compareList(
          "the comparison with the baseline",
          claimed,
          Baseline.ratios(evidence, seed == null ? 0 : seed));
      notes.done.add("the comparison with the baseline drawn again");
    } else if (claimed.stream().anyMatch(b -> b.verdict() != Verdict.INCONCLUSIVE)) {
      notes.differs.add("a baseline is compared with, and none is in the evidence");
    }
  }

  /** What concerns the run as a whole: that it was cut short or broke leaves a trace. */
  private void asAWhole() throws IOException {
    boolean signalled =
        report.problems().stream()
            .anyMatch(p ->
                (p.exit() == ExitCode.INTERRUPTED || p.exit() == ExitCode.TERMINATED)
                    && p.message().equals(report.partial()));
    if (report.isPartial() && !signalled) {
      notes.differs.add("the report is marked partial, but no signal ended the run");
    }
    if (Files.isDirectory(evidence)) {
      try (Stream<Path> files = Files.list(evidence)) {
        boolean broke = files.anyMatch(f -> f.getFileName().toString().startsWith("broken-"));
        if (broke && report.problems().stream().noneMatch(p -> p.exit() == ExitCode.INTERNAL)) {
          notes.differs.add("Holdfast itself broke, by its evidence, and the report is silent");
        }
      }
    }
    long cases = report.findings(Stage.CONFORMANCE).size();
    if (cases > 0) {
      notes.left.add(
          cases + " conformance cases: they need the server that ran then; their frames are in it");
    }
    notes.left.add("times, versions, seed and command of the run");
  }

  private void verdict() {
    notes.compare("the verdict", report.outcome(), report.judgedAgain());
    notes.compare("the manifest's exit code", manifest.exitCode(), report.outcome().exitCode());
    notes.compare("the manifest told by the report", manifest.tells(report), true);
    notes.done.add("the verdict reached again: " + report.outcome().verdict().label());
  }

  private void pages() throws IOException {
    for (Format format : Formats.FILES) {
      StringWriter drawn = new StringWriter();
      format.write(report, drawn);
      Path file = bundle.resolve(format.fileName());
      if (!Files.exists(file) || !Files.readString(file).equals(drawn.toString())) {
        notes.differs.add(format.fileName() + " does not show what report.json says");
      }
    }
    notes.done.add(Formats.FILES.size() + " pages drawn again, byte for byte");
  }
}
