package dev.holdfast.cli.gate;

import dev.holdfast.cli.evidence.AuditEvidence;
import dev.holdfast.cli.run.Run;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.Exhibits;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.audit.AuditEntries;
import dev.holdfast.scenarios.audit.AuditMapping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds the subject's audit log against what the people of the chaos stage saw: the only ones whose
 * every frame is on record, and those who had it hardest.
 */
public final class AuditStage implements GateStage {
  private static final int FINDINGS = 3;

  @Override
  public Stage stage() {
    return Stage.AUDIT;
  }

  @Override
  public boolean appliesTo(Run run) {
    return run.subject().target().audit() != null;
  }

  @Override
  public void run(Run run) throws Exception {
    Path log = Objects.requireNonNull(run.subject().target().audit());
    AuditMapping mapping = run.config().more().auditMapping();
    run.progress().stageStarted(Stage.AUDIT, mapping.standard() ? FINDINGS : FINDINGS - 1);
    String unreadable = run.subject().isReference() ? null : unreadable(log, mapping);
    if (unreadable != null) {
      hand(run, AuditEvidence.unreadable(unreadable));
      run.progress().stageEnded(Stage.AUDIT);
      return;
    }
    List<HistoryRecord> seen =
        AuditEvidence.histories(run.folder().resolve("evidence").resolve("chaos"));
    log =
        run.subject().isReference()
            ? AuditEvidence.own(run.folder())
            : AuditEvidence.copy(log, mapping, run.folder());
    AuditEvidence.Found found = AuditEvidence.prove(log, mapping, seen);
    found.findings().forEach(finding -> hand(run, finding));
    run.exhibit(new Exhibits(List.of(), List.of(), List.of(), List.of(found.summary()), List.of()));
    run.progress().stageEnded(Stage.AUDIT);
  }

  private static void hand(Run run, Finding finding) {
    run.add(finding);
    run.progress().finished(finding);
  }

  /** Why somebody's log cannot be read, which is their fault and not ours; null where it can. */
  private static @Nullable String unreadable(Path log, AuditMapping mapping) {
    try {
      AuditEntries.read(log, mapping);
      return null;
    } catch (IOException e) {
      return "target.audit, " + log + ", cannot be read: " + e;
    }
  }
}
