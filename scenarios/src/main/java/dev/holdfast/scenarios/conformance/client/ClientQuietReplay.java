package dev.holdfast.scenarios.conformance.client;

import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Level;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.client.ClientPlay.Played;
import java.util.HashSet;
import java.util.Set;

/**
 * Plays cases again, alone, that failed beside others because something was absent or late. A
 * failure counts only if the case fails alone, too.
 *
 * <p>One replay decides for all cases of a clause that fail after it. After eight clauses have
 * failed alone, the other failures count without a replay. A premise that was absent beside other
 * cases has its replay as well, until eight premises were absent alone, too.
 */
final class ClientQuietReplay {
  private static final int ENOUGH = 8;

  private final Set<String> confirmed = new HashSet<>();
  private int unproven;

  /** Plays one case. */
  interface Again {
    Played play() throws InterruptedException;
  }

  /**
   * The finding that counts.
   *
   * @param note what a finding of this case begins with
   * @param busy whether the machine was busy while the case was played beside others: what cases
   *     did to each other cannot be told from that
   */
  Finding settle(Finding before, FindingBuilder note, boolean busy, Again again)
      throws InterruptedException {
    if (before.verdict() == Verdict.INCONCLUSIVE) {
      return unproven(before, again);
    }
    if (confirmed.size() >= ENOUGH || confirmed.contains(before.clause())) {
      return before;
    }
    Played played = again.play();
    if (played.absent() && played.finding().verdict() != Verdict.INCONCLUSIVE) {
      confirmed.add(before.clause());
      return played.finding();
    }
    if (busy || played.finding().verdict() != Verdict.PASS) {
      return played.finding();
    }
    return note.level(Level.SHOULD)
        .took(before.durationMs())
        .trace(before.trace())
        .expected(before.expected())
        .violated(
            "only beside other cases: "
                + before.seen()
                + "; played alone, "
                + before.address()
                + " passes");
  }

  private Finding unproven(Finding before, Again again) throws InterruptedException {
    if (unproven >= ENOUGH) {
      return before;
    }
    Finding alone = again.play().finding();
    if (alone.verdict() == Verdict.INCONCLUSIVE) {
      unproven++;
    }
    return alone;
  }
}
