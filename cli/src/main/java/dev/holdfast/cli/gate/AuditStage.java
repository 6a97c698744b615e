package dev.holdfast.cli.gate;

import dev.holdfast.cli.evidence.AuditEvidence;
import dev.holdfast.cli.run.Run;
import dev.holdfast.cli.run.Subject;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.Exhibits;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.audit.AuditMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Holds the subject's audit log against what the people of the chaos stage saw: the only ones whose
 * every frame is on record, and those who had it hardest.
 */
final class AuditStage implements GateStage {
  private static final int FINDINGS = 3;

  @Override
  public Stage stage() {
    return Stage.AUDIT;
  }

  @Override
  public boolean appliesTo(Subject subject) {
    return subject.target().audit() != null;
  }

  @Override
  public void run(Run run) throws Exception {
    Path log = Objects.requireNonNull(run.subject().target().audit());
    AuditMapping mapping = run.config().more().auditMapping();
    run.progress().stageStarted(Stage.AUDIT, mapping.standard() ? FINDINGS : FINDINGS - 1);
    List<HistoryRecord> seen =
        AuditEvidence.histories(run.folder().resolve("evidence").resolve("chaos"));
    log =
        run.subject().isReference()
            ? AuditEvidence.own(run.folder())
            : AuditEvidence.copy(log, mapping, run.folder());
    AuditEvidence.Found found = AuditEvidence.prove(log, mapping, seen);
    for (Finding finding : found.findings()) {
      run.add(finding);
      run.progress().finished(finding);
    }
    run.exhibit(new Exhibits(List.of(), List.of(), List.of(), List.of(found.summary()), List.of()));
    run.progress().stageEnded(Stage.AUDIT);
  }
}
