package dev.holdfast.cli.gate;

import dev.holdfast.cli.evidence.Rules;
import dev.holdfast.cli.evidence.Timelines;
import dev.holdfast.cli.run.Run;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryCodec;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.ReportDirectory;
import dev.holdfast.report.result.Exhibits;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Picture;
import dev.holdfast.report.result.Recovery;
import dev.holdfast.report.result.Timeline;
import dev.holdfast.scenarios.chaos.Played;
import dev.holdfast.scenarios.chaos.Verdicts;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Hands in what was played: the finding and its timeline to the report, the history and the rules
 * that it was judged under to the evidence.
 */
record Histories(Run run, Profile profile, List<Scenario> scenarios) {

  void take(Played played) {
    Finding finding = played.finding();
    String folder = finding.stage() + "/" + profile.word() + "/" + finding.address() + "/";
    if (!played.history().isEmpty()) {
      run.evidence(folder + "history.jsonl", lines(played.history()));
      run.evidence(folder + "rules.json", rules(finding).json());
      if (!played.log().isEmpty()) {
        run.evidence(folder + Rules.LOG, Rules.log(played.log()));
      }
      Timeline timeline =
          Timelines.of(finding.stage(), finding.address(), profile.word(), played.history());
      run.exhibit(new Exhibits(List.of(), List.of(), List.of(timeline), List.of(), List.of()));
    }
    List<Picture> kept = new ArrayList<>();
    for (Picture picture : finding.account().pictures()) {
      if (picture.svg() != null) {
        run.evidence(folder + picture.file(), picture.svg());
      }
      kept.add(picture.in(ReportDirectory.EVIDENCE + "/" + folder));
    }
    run.add(kept.isEmpty() ? finding : finding.with(finding.account().with(kept)));
  }

  private Rules rules(Finding finding) {
    Scenario scenario =
        scenarios.stream()
            .filter(s -> s.name().equals(finding.address()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(finding.address() + " was not asked for"));
    return new Rules(
        profile,
        Settings.client(scenario.options(), profile).backoff(),
        scenario.durability(),
        scenario.expect(),
        scenario.needsOwnServer(),
        Verdicts.missed(finding),
        scenario.premise(),
        finding.account().recovery().stream().mapToInt(Recovery::samples).max().orElse(1));
  }

  /** A history as JSON Lines. */
  static String lines(List<HistoryRecord> records) {
    return records.stream().map(HistoryCodec::write).collect(Collectors.joining("\n", "", "\n"));
  }
}
