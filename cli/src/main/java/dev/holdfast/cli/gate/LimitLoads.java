package dev.holdfast.cli.gate;

import dev.holdfast.cli.evidence.GaveWay;
import dev.holdfast.load.LimitSearch;
import dev.holdfast.load.LoadOutcome;
import dev.holdfast.report.budget.Budgets;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Verdict;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The loads of a search for a limit, each long enough for its budgets: a step whose percentiles
 * stand on too few samples could neither hold nor break, so it is played again for longer, and the
 * next are as long from the start.
 */
final class LimitLoads implements LimitSearch.Play {
  /** Longer than this no step is made. */
  static final long LONGEST_MS = 120_000;

  /** More than the samples seen ask for: the next time there may be fewer. */
  private static final double SPARE = 1.25;

  /** Plays one load of so many people for so long. */
  @FunctionalInterface
  interface Player {
    LoadOutcome with(int people, long durationMs) throws IOException, InterruptedException;
  }

  private final Player player;
  private final Budgets budgets;
  private final long shortestMs;
  private final Progress progress;
  private final Set<String> unjudged = new TreeSet<>();

  /** So long one person would have to talk for enough samples. */
  private double enoughMs;

  LimitLoads(Player player, Budgets budgets, long shortestMs, Progress progress) {
    this.player = player;
    this.budgets = budgets;
    this.shortestMs = shortestMs;
    this.progress = progress;
  }

  @Override
  public LoadOutcome with(int people) throws IOException, InterruptedException {
    long ms = Math.min(Math.max(shortestMs, Math.round(enoughMs / people)), longestMs());
    LoadOutcome outcome = player.with(people, ms);
    LoadResult result = outcome.result();
    double missing = result == null ? 1 : budgets.samplesShort(result);
    if (missing > 1 && gaveWay(outcome).isEmpty() && ms < longestMs()) {
      enoughMs = Math.max(enoughMs, missing * SPARE * ms * people);
      long longer = Math.min(Math.round(missing * SPARE * ms), longestMs());
      progress.note(
          String.format(
              Locale.ROOT,
              "%,d people: %.1f s gave too few samples to judge; again for %.1f s",
              people,
              ms / 1_000.0,
              longer / 1_000.0));
      outcome = player.with(people, longer);
    }
    note(outcome);
    return outcome;
  }

  private long longestMs() {
    return Math.max(shortestMs, LONGEST_MS);
  }

  private void note(LoadOutcome outcome) {
    LoadResult result = outcome.result();
    if (result != null && gaveWay(outcome).isEmpty()) {
      budgets.judge(result).stream()
          .filter(b -> b.verdict() == Verdict.INCONCLUSIVE)
          .forEach(b -> unjudged.add(b.name()));
    }
  }

  /** Budgets that some step was held to and could not be judged by. */
  Set<String> unjudged() {
    return unjudged;
  }

  /** What gave way in a load; empty when nothing did. */
  String gaveWay(LoadOutcome outcome) {
    return GaveWay.in(outcome, budgets);
  }
}
