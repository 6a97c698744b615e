package dev.holdfast.load;

import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.LoadStep;
import dev.holdfast.report.result.Percentiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the number of people at which something gives way: doubles it until it does, or halves
 * it until it does no more, then halves the distance a few times.
 */
public final class LimitSearch {
  /** Between the largest that held and the smallest that did not, that is close enough. */
  private static final double CLOSE = 1.15;

  private static final int MOST_STEPS = 16;

  /** Plays one load; each gets a folder of its own. */
  @FunctionalInterface
  public interface Play {
    LoadOutcome with(int people) throws IOException, InterruptedException;
  }

  /**
   * What was found.
   *
   * @param held the largest load that held; null when none did
   * @param gaveWay the smallest that did not; null when all held
   * @param steps all of them, in the order in which they were played
   */
  public record Limit(
      @Nullable LoadOutcome held, @Nullable LoadOutcome gaveWay, List<LoadStep> steps) {

    public Limit {
      steps = List.copyOf(steps);
    }

    /** The load to report on: the largest that held, or else the one that did not. */
    public @Nullable LoadOutcome shown() {
      return held != null ? held : gaveWay;
    }

    /** Where the limit lies, in a sentence. */
    public String text() {
      LoadStep best = null;
      LoadStep worst = null;
      for (LoadStep step : steps) {
        if (step.held() && (best == null || step.people() > best.people())) {
          best = step;
        }
        if (!step.held() && (worst == null || step.people() < worst.people())) {
          worst = step;
        }
      }
      String holds = best == null ? "not even one person holds" : people(best.people());
      return worst == null
          ? holds + ", and the search ends there"
          : holds + String.format(Locale.ROOT, "; at %,d: %s", worst.people(), worst.broke());
    }
  }

  private static String people(int n) {
    return n == 1 ? "one person holds" : String.format(Locale.ROOT, "%,d people hold", n);
  }

  private final Play play;
  private final Function<LoadOutcome, String> judge;
  private final Progress progress;
  private final int most;
  private final List<LoadStep> steps = new ArrayList<>();
  private @Nullable LoadOutcome held;
  private @Nullable LoadOutcome gaveWay;

  private LimitSearch(Play play, Function<LoadOutcome, String> judge, int most, Progress progress) {
    this.play = play;
    this.judge = judge;
    this.most = most;
    this.progress = progress;
  }

  /**
   * Searches.
   *
   * @param judge says what gave way in a load; empty when nothing did
   * @param first how many people to begin with
   * @param most how many to end with at the latest
   */
  public static Limit run(
      Play play, Function<LoadOutcome, String> judge, int first, int most, Progress progress)
      throws IOException, InterruptedException {
    return new LimitSearch(play, judge, most, progress).search(first);
  }

  private Limit search(int first) throws IOException, InterruptedException {
    int good = 0;
    int bad = 0;
    int next = Math.min(first, most);
    while (steps.size() < MOST_STEPS) {
      if (holds(next)) {
        good = next;
      } else {
        bad = next;
      }
      boolean close = bad > 0 && (bad <= good * CLOSE || bad - good <= 1);
      if (close || good == most) {
        break;
      }
      next = bad == 0 ? Math.min(most, good * 2) : (good + bad) / 2;
    }
    return new Limit(held, gaveWay, steps);
  }

  private boolean holds(int people) throws IOException, InterruptedException {
    LoadOutcome outcome = play.with(people);
    String broke = judge.apply(outcome);
    steps.add(step(people, outcome.result(), broke));
    progress.note(
        String.format(Locale.ROOT, "%,d people: %s", people, broke.isEmpty() ? "held" : broke));
    if (broke.isEmpty()) {
      held = outcome;
    } else {
      gaveWay = outcome;
    }
    return broke.isEmpty();
  }

  /** One load as a step of the search. */
  public static LoadStep step(int people, @Nullable LoadResult result, String broke) {
    if (result == null) {
      return new LoadStep(people, 0, 0, 0, broke);
    }
    Percentiles first = result.latency(Percentiles.FIRST_FRAME).orElseThrow();
    long answers = result.latency(Percentiles.ANSWER).map(Percentiles::samples).orElse(0L);
    double perSecond = answers * 1_000.0 / Math.max(1, result.durationMs());
    return new LoadStep(people, perSecond, first.p50Us(), first.p99Us(), broke);
  }
}
