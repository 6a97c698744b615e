package dev.holdfast.scenarios.conformance.client;

import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Level;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.client.ClientPlay.Played;
import java.util.HashSet;
import java.util.Set;

/**
 * Plays a failure by absence or lateness again with nothing beside it, so that a crowded machine
 * makes no verdict.
 *
 * <p>Of each clause one failure is confirmed; and a client that failed eight clauses with nothing
 * beside it fails the others too.
 */
final class Alone {
  private static final int ENOUGH = 8;

  private final Set<String> confirmed = new HashSet<>();

  /** Plays one case. */
  interface Again {
    Played play() throws InterruptedException;
  }

  /**
   * The finding that counts.
   *
   * @param note what a finding of this case begins with
   */
  Finding settle(Finding before, FindingBuilder note, Again again) throws InterruptedException {
    if (confirmed.size() >= ENOUGH || confirmed.contains(before.clause())) {
      return before;
    }
    Played played = again.play();
    if (played.absent()) {
      confirmed.add(before.clause());
      return played.finding();
    }
    if (played.finding().verdict() != Verdict.PASS) {
      return played.finding();
    }
    return note.level(Level.SHOULD)
        .took(before.durationMs())
        .trace(before.trace())
        .expected(before.expected())
        .violated(
            "only beside other cases: " + before.seen() + "; played again alone, the case passes");
  }
}
