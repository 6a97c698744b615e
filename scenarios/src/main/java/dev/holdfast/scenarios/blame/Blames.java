package dev.holdfast.scenarios.blame;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.Blame;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Culprit;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.check.Checkers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names whose doing a failure is: the first question that has an answer decides. */
final class Blames {
  /** Rules that a client keeps alone, whatever its server does. */
  private static final List<String> CLIENTS_OWN =
      List.of("reconnect_delays", "queue_bound", "states_allowed", "heartbeat_deadlines");

  /** How much of the story before the end is shown where nothing closer can be pointed at. */
  private static final int LAST_LINES = 8;

  private final Finding finding;
  private final Testimony testimony;
  private final Profile profile;

  private Blames(Finding finding, Testimony testimony, Profile profile) {
    this.finding = finding;
    this.testimony = testimony;
    this.profile = profile;
  }

  /** Null where there is nothing to blame anybody for. */
  static @Nullable Blame of(Finding finding, Testimony testimony, Profile profile) {
    return switch (finding.verdict()) {
      case FAIL, WARN -> new Blames(finding, testimony, profile).decided();
      case HARNESS_ERROR ->
          new Blame(Culprit.HARNESS, "Holdfast could not play it: " + finding.seen(), List.of());
      case INCONCLUSIVE ->
          new Blame(
              Culprit.HARNESS,
              "the story proves nothing: " + finding.seen(),
              testimony.lines(testimony.all(r -> r.kind() == HistoryRecord.Kind.FAULT)));
      case PASS, NOT_APPLICABLE -> null;
    };
  }

  private Blame decided() {
    Lost lost = new Lost(testimony, profile);
    List<Supplier<@Nullable Blame>> questions =
        List.of(
            this::clientsOwnRule,
            () -> Links.noGreeting(testimony),
            () -> failed("pongs_in_time") ? Links.latePong(testimony) : null,
            () -> failed("in_order") ? Order.blame(testimony) : null,
            () -> failed("no_duplicate") || failed("one_terminal") ? Order.twice(testimony) : null,
            () -> Links.unnoticed(testimony),
            lost::blame,
            this::wireRule);
    for (Supplier<@Nullable Blame> question : questions) {
      Blame blame = question.get();
      if (blame != null) {
        return blame;
      }
    }
    return undecidable();
  }

  private boolean failed(String checker) {
    return finding.checks().stream()
        .anyMatch(c -> c.checker().equals(checker) && c.verdict() == Verdict.FAIL);
  }

  private Stream<CheckResult> failures() {
    return finding.checks().stream().filter(c -> c.verdict() == Verdict.FAIL);
  }

  private @Nullable Blame clientsOwnRule() {
    return failures()
        .filter(c -> CLIENTS_OWN.contains(c.checker()))
        .findFirst()
        .map(c ->
            new Blame(
                Culprit.CLIENT,
                "it alone keeps this rule and broke it. "
                    + Checkers.named(c.checker()).requirement()
                    + " Seen: "
                    + c.evidence(),
                testimony.lines(
                    tail(
                        testimony.all(r ->
                            Testimony.state(r, "reconnecting") || Testimony.state(r, "dial"))))))
        .orElse(null);
  }

  /** What is left of the judges look at frames that the server sent. */
  private @Nullable Blame wireRule() {
    CheckResult check = failures().findFirst().orElse(null);
    if (check == null) {
      return null;
    }
    boolean meddled = testimony.meddled("frame_");
    return new Blame(
        meddled ? Culprit.NETWORK : Culprit.SERVER,
        (meddled
                ? "a fault changed single frames, and "
                : "nothing changed frames on their way, and ")
            + check.evidence(),
        testimony.lines(tail(testimony.all(Testimony::fromServer))));
  }

  private Blame undecidable() {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, Boolean> seen :
        Map.of("what entered the network", testimony.linkWatched()).entrySet()) {
      if (!seen.getValue()) {
        missing.add(seen.getKey());
      }
    }
    String why =
        missing.isEmpty()
            ? "no journal contradicts another"
            : "nobody wrote down " + String.join(", ", missing);
    return new Blame(Culprit.UNDECIDABLE, why, testimony.lines(tail(testimony.all(r -> true))));
  }

  static List<HistoryRecord> tail(List<HistoryRecord> all) {
    return all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
  }
}
