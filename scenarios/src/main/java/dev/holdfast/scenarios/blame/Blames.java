package dev.holdfast.scenarios.blame;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.report.result.Blame;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Culprit;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.check.Checkers;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names whose doing a failure is: the first question that has an answer decides. */
final class Blames {
  /** Rules about what a client makes of what it hears: it needs sound frames to keep them. */
  private static final Set<String> SHOWING = Set.of("delivery", "shown_once");

  /** How much of the story before the end is shown where nothing closer can be pointed at. */
  private static final int LAST_LINES = 8;

  private final Finding finding;
  private final Testimony testimony;
  private final Profile profile;
  private final Function<String, @Nullable Source> whose;

  private Blames(
      Finding finding,
      Testimony testimony,
      Profile profile,
      Function<String, @Nullable Source> whose) {
    this.finding = finding;
    this.testimony = testimony;
    this.profile = profile;
    this.whose = whose;
  }

  /**
   * Null where there is nothing to blame anybody for.
   *
   * @param whose which half broke a checker's rule; null where its evidence does not tell
   */
  static @Nullable Blame of(
      Finding finding,
      Testimony testimony,
      Profile profile,
      Function<String, @Nullable Source> whose) {
    return switch (finding.verdict()) {
      case FAIL, WARN -> new Blames(finding, testimony, profile, whose).decided();
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
            () -> aboutLosses() ? Links.unnoticed(testimony) : null,
            () -> aboutLosses() ? lost.blame() : null,
            this::serversRule,
            this::shownWrongly);
    for (Supplier<@Nullable Blame> question : questions) {
      Blame blame = question.get();
      if (blame != null) {
        return blame;
      }
    }
    return undecidable();
  }

  /** Whether a message did not end, or a step of somebody's script did not come about. */
  private boolean aboutLosses() {
    return failed("no_loss") || failed("liveness") || failures().findAny().isEmpty();
  }

  private boolean failed(String checker) {
    return finding.checks().stream()
        .anyMatch(c -> c.checker().equals(checker) && c.verdict() == Verdict.FAIL);
  }

  private Stream<CheckResult> failures() {
    return finding.checks().stream().filter(c -> c.verdict() == Verdict.FAIL);
  }

  /** A rule that its client keeps alone; whatever came before is no excuse. */
  private @Nullable Blame clientsOwnRule() {
    return ofClient(c -> !SHOWING.contains(c.checker()));
  }

  /** Where what was heard was sound, the client showed it wrongly. */
  private @Nullable Blame shownWrongly() {
    return ofClient(c -> SHOWING.contains(c.checker()));
  }

  private @Nullable Blame ofClient(Predicate<CheckResult> which) {
    CheckResult check =
        failures()
            .filter(which)
            .filter(c -> whose.apply(c.checker()) == Source.CLIENT)
            .findFirst()
            .orElse(null);
    return check == null
        ? null
        : new Blame(
            Culprit.CLIENT,
            "it alone keeps this rule and broke it. "
                + Checkers.named(check.checker()).requirement()
                + " Seen: "
                + check.evidence(),
            testimony.lines(tail(testimony.all(Blames::ownDoing))));
  }

  private static boolean ownDoing(HistoryRecord r) {
    return Testimony.state(r, "reconnecting")
        || Testimony.state(r, "dial")
        || (r.source() == Source.CLIENT && r.kind() == HistoryRecord.Kind.FRAME);
  }

  /** What a server sent against a rule, unless a fault changed it on its way. */
  private @Nullable Blame serversRule() {
    CheckResult check =
        failures().filter(c -> whose.apply(c.checker()) == Source.SERVER).findFirst().orElse(null);
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
    String why =
        testimony.linkWatched()
            ? "no journal contradicts another"
            : "no journal has what entered the network";
    return new Blame(Culprit.UNDECIDABLE, why, testimony.lines(tail(testimony.all(r -> true))));
  }

  static List<HistoryRecord> tail(List<HistoryRecord> all) {
    return all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
  }
}
