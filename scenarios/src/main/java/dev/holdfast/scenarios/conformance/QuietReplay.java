package dev.holdfast.scenarios.conformance;

import dev.holdfast.report.result.Level;
import dev.holdfast.scenarios.conformance.Outcome.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Plays cases again, alone, that failed beside others because something was absent or late. A
 * failure counts only if the case fails alone, too.
 *
 * <p>One replay decides for all cases of a clause that expected the same. It has a fresh session. A
 * case for which a full target had no connection is played again for itself, and so is each case
 * where the machine was busy: what cases did to each other cannot be told from that.
 */
final class QuietReplay {
  /** All replays together take at most this many times the patience with the target. */
  private static final int PATIENCES = 12;

  private final Round round;
  private final long began = System.nanoTime();
  private final Map<String, List<Kept>> groups = new LinkedHashMap<>();

  private record Kept(Case one, Outcome outcome) {}

  /** Takes a case with what is concluded of it. */
  @FunctionalInterface
  interface Conclusion {
    void of(Case one, Outcome outcome);
  }

  QuietReplay(Round round) {
    this.round = round;
  }

  /** Whether an outcome beside other cases is worth nothing before the case was played alone. */
  static boolean wants(Outcome outcome) {
    return outcome.isMissing() || outcome.isFull();
  }

  void keep(Case one, Outcome outcome) {
    String what = outcome.isFull() ? one.address() : outcome.expected();
    String group = one.profile() + " " + one.clause() + " " + what;
    groups.computeIfAbsent(group, g -> new ArrayList<>()).add(new Kept(one, outcome));
  }

  /** Plays one case of each group again and concludes for all, what MUST hold first. */
  void replay(Conclusion conclusion) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCES * round.patienceMs());
    boolean busy = round.starvedSince(began).isNoticeable();
    List<List<Kept>> mustFirst = new ArrayList<>(busy ? singles() : groups.values());
    mustFirst.sort(Comparator.comparing(group -> group.get(0).one().level() != Level.MUST));
    for (List<Kept> group : mustFirst) {
      if (System.nanoTime() - until > 0) {
        concludeAll(group, conclusion, QuietReplay::notReplayed);
      } else {
        conclude(group, busy, conclusion);
      }
    }
    groups.clear();
  }

  private List<List<Kept>> singles() {
    return groups.values().stream().flatMap(List::stream).map(List::of).toList();
  }

  private void conclude(List<Kept> group, boolean busy, Conclusion conclusion)
      throws InterruptedException {
    Kept first = group.get(0);
    Outcome alone = round.alone(first.one(), "-alone");
    if (busy || first.outcome().isFull()) {
      conclusion.of(first.one(), alone);
      return;
    }
    concludeAll(
        group,
        conclusion,
        kept ->
            switch (alone.kind()) {
              case VIOLATED -> kept.equals(first) ? alone : kept.outcome();
              case UNCLEAR, FULL, FILLED, BROKEN -> kept.outcome().but(alone.kind(), alone.seen());
              case PASSED, INAPPLICABLE, CROWDED ->
                  kept.outcome()
                      .but(
                          Kind.CROWDED,
                          "only beside other cases: "
                              + kept.outcome().seen()
                              + "; played alone, "
                              + first.one().address()
                              + " passes");
            });
  }

  private static Outcome notReplayed(Kept kept) {
    return kept.outcome()
        .but(
            Kind.UNCLEAR,
            "beside other cases: "
                + kept.outcome().seen()
                + "; there was no time to play it again alone (--side-by-side 1 does)");
  }

  /** What is concluded of one case of a group. */
  private interface Verdict {
    Outcome of(Kept kept);
  }

  private static void concludeAll(List<Kept> group, Conclusion conclusion, Verdict verdict) {
    group.forEach(kept -> conclusion.of(kept.one(), verdict.of(kept)));
  }
}
