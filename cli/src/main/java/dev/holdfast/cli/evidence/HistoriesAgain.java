package dev.holdfast.cli.evidence;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.Account;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Picture;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Timeline;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.check.Premise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges the histories of a bundle again, and misses those that ought to be there. */
final class HistoriesAgain {
  private static final String DRILL = "rollout/kill-switch-loses-nothing";

  private final Path evidence;
  private final Notes notes;
  private final Set<Finding> judged = new HashSet<>();
  private int repeated;

  HistoriesAgain(Path evidence, Notes notes) {
    this.evidence = evidence;
    this.notes = notes;
  }

  void check() throws IOException {
    int count = 0;
    for (Path folder : folders()) {
      one(folder);
      count++;
    }
    notes.done.add(count + " histories judged again");
    if (repeated > 0) {
      notes.left.add(
          String.format(
              Locale.ROOT,
              "the mean figures of %d repeated scenarios: the worst play of each is kept",
              repeated));
    }
    Stream.of(Stage.SIMULATION, Stage.CHAOS)
        .flatMap(stage -> notes.report.findings(stage).stream())
        .filter(f -> rests(f.verdict()) && !judged.contains(f))
        .forEach(f ->
            notes.differs.add(
                String.format(
                    Locale.ROOT,
                    "%s %s has the verdict %s, but its history is not in the evidence",
                    f.stage(),
                    f.title(),
                    f.verdict().label())));
  }

  /** Whether such a verdict was reached from a history. */
  private static boolean rests(Verdict verdict) {
    return switch (verdict) {
      case PASS, FAIL, WARN, INCONCLUSIVE -> true;
      case NOT_APPLICABLE, HARNESS_ERROR -> false;
    };
  }

  private List<Path> folders() throws IOException {
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

  private void one(Path folder) throws IOException {
    Path named = evidence.relativize(folder);
    Stage stage = Stage.valueOf(named.getName(0).toString().toUpperCase(Locale.ROOT));
    String profile = named.getName(1).toString();
    String address = named.subpath(2, named.getNameCount()).toString().replace('\\', '/');
    Rules rules = Rules.read(folder);
    List<HistoryRecord> records = Rules.history(folder);
    String finding = stage == Stage.ROLLOUT ? DRILL : address;
    Finding claimed = claimed(stage, finding, profile);
    String who = stage + " " + finding + " (" + profile + ")";
    if (claimed == null) {
      if (!notes.report.isPartial()) {
        notes.differs.add(who + " has a history, and no finding");
      }
    } else {
      judged.add(claimed);
      if (stage == Stage.ROLLOUT) {
        drill(who, claimed, rules.judge(records));
      } else {
        Finding again = rules.again(claimed, records, Rules.log(folder));
        compare(who, claimed, again, rules.plays(), folder);
      }
    }
    if (stage != Stage.ROLLOUT) {
      timeline(Timelines.of(stage, address, profile, records));
    }
  }

  private @Nullable Finding claimed(Stage stage, String address, String profile) {
    return notes.report.findings(stage).stream()
        .filter(f -> f.address().equals(address) && f.profile().equals(profile))
        .findFirst()
        .orElse(null);
  }

  private void compare(String who, Finding claimed, Finding again, int plays, Path folder) {
    String base = "evidence/" + evidence.relativize(folder).toString().replace('\\', '/') + "/";
    List<Picture> pictures = again.account().pictures().stream().map(p -> p.in(base)).toList();
    Account account = again.account().with(pictures);
    if (plays > 1) {
      repeated++;
      account = new Account(account.blame(), claimed.account().recovery(), pictures);
    }
    Finding whole = again.with(account);
    String known = claimed.known();
    if (!(known == null ? whole : whole.knownBecause(known)).equals(claimed)) {
      notes.differs.add(who + ": " + what(claimed, whole));
    }
  }

  private static String what(Finding claimed, Finding again) {
    if (!claimed.checks().equals(again.checks())) {
      return "its judges say something else of its history: "
          + again.checks().stream()
              .filter(c -> !claimed.checks().contains(c))
              .map(c -> c.checker() + ": " + c.evidence())
              .findFirst()
              .orElse("there were other judges");
    }
    if (claimed.verdict() != again.verdict()) {
      return String.format(
          Locale.ROOT,
          "its verdict is %s, but its history gives %s",
          claimed.verdict().label(),
          again.verdict().label());
    }
    return "its words, frames, blame, figures or pictures are not those of its history";
  }

  /** Of a drill its people say more than their histories; what these show has to be admitted. */
  private void drill(String who, Finding claimed, List<CheckResult> checks) {
    if (!claimed.checks().equals(checks)) {
      notes.differs.add(who + ": its judges say something else of its history");
    } else if (claimed.verdict() != Verdict.FAIL
        && !String.valueOf(claimed.seen()).startsWith(Premise.NOT_PROVEN)
        && checks.stream().anyMatch(c -> c.verdict() == Verdict.FAIL)) {
      notes.differs.add(
          who + " has the verdict " + claimed.verdict().label() + ", but a checker fails it");
    } else if (claimed.verdict() == Verdict.PASS
        && checks.stream().anyMatch(c -> c.verdict() != Verdict.PASS)) {
      notes.differs.add(who + " has the verdict pass, but a checker does not pass it");
    }
  }

  private void timeline(Timeline again) {
    List<Timeline> claimed =
        notes.report.exhibits().timelines().stream()
            .filter(t ->
                t.stage() == again.stage()
                    && t.address().equals(again.address())
                    && t.profile().equals(again.profile()))
            .toList();
    if (!claimed.contains(again) && !(notes.report.isPartial() && claimed.isEmpty())) {
      notes.differs.add("the timeline of " + again.address() + " is not that of its history");
    }
  }
}
