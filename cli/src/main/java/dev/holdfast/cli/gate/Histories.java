package dev.holdfast.cli.gate;

import dev.holdfast.cli.run.Run;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryCodec;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Picture;
import dev.holdfast.scenarios.chaos.Played;
import java.util.List;
import java.util.stream.Collectors;

/** Hands in what was played: the finding to the report, the history to the evidence. */
record Histories(Run run, Profile profile) {

  void take(Played played) {
    Finding finding = played.finding();
    String folder = finding.stage() + "/" + profile.word() + "/" + finding.address() + "/";
    if (!played.history().isEmpty()) {
      run.evidence(folder + "history.jsonl", lines(played.history()));
    }
    for (Picture picture : finding.account().pictures()) {
      if (picture.svg() != null) {
        run.evidence(folder + picture.file(), picture.svg());
      }
    }
    run.add(finding);
  }

  /** A history as JSON Lines. */
  static String lines(List<HistoryRecord> records) {
    return records.stream().map(HistoryCodec::write).collect(Collectors.joining("\n", "", "\n"));
  }
}
