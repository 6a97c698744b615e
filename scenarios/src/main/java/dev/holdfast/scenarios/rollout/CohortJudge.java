package dev.holdfast.scenarios.rollout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Compares a cohort on WebSockets with a control on HTTP, answer by answer, and says at any time
 * whether to go on with a rollout.
 *
 * <p>Two things are compared: how often an answer failed, and how often it came later than allowed.
 * Each has half of the chance of error, so that rolling back for no reason happens in at most
 * {@code alpha} of all comparisons, looked at after every single answer. Being no worse than a
 * server that serves nobody is no reason to go on: the cohort's own rates have to be tolerable as
 * well. Nor is a control that is hardly ever answered one to compare with: before it is known that
 * the control is answered more often than not, the cohort is not called worse.
 */
public final class CohortJudge {
  /** What to do with the rollout. */
  public enum Advice {
    /** The cohort is at most the margin worse in every respect, and its rates are tolerable. */
    ADVANCE,
    /** Not enough is known. */
    HOLD,
    /**
     * So many of the cohort's answers are bad, though no more than the control's, that being no
     * worse says nothing; or the control fails so often that it is none.
     */
    NO_COMPARISON,
    /** The cohort is worse in some respect. */
    ROLL_BACK
  }

  /** One answer: whether it failed, and whether it came later than allowed. */
  public record Answer(boolean failed, boolean late) {
    /** An answer that came, and when; a failed one is late as well. */
    public static Answer of(boolean failed, double latencyMs, double limitMs) {
      return new Answer(failed, failed || latencyMs > limitMs);
    }
  }

  /** How much larger the cohort's rate is than the control's: as seen, and between which bounds. */
  public record Difference(String what, Pairs pairs, double seen, double low, double high) {}

  /** Advice, and what it rests on. */
  public record Judgement(Advice advice, Difference failures, Difference late, long waiting) {}

  /** A cohort of which more answers fail is not advanced, however the control fares. */
  public static final double MOST_FAILED = 0.1;

  /** A control of which more answers fail is no control. */
  public static final double MOST_CONTROL_FAILED = 0.5;

  /** Where more are late, the limit is not one that this server could keep: it tells nothing. */
  public static final double MOST_LATE = 0.5;

  private static final int RESPECTS = 2;

  /** Most answers of both arms that are kept for a report; a trial has far fewer. */
  private static final int MOST_KEPT = 20_000;

  /** Answers of one arm that wait for the other's; more than this are dropped, the oldest first. */
  private static final int LONGEST_WAIT = 100_000;

  private final double alpha;
  private final double margin;
  private final Queue<Answer> control = new ArrayDeque<>();
  private final Queue<Answer> cohort = new ArrayDeque<>();
  private final List<Heard> heard = new ArrayList<>();
  private Pairs failures = Pairs.NONE;
  private Pairs late = Pairs.NONE;

  /**
   * A comparison that has seen nothing yet.
   *
   * @param alpha the chance of rolling back, or of advancing, for no reason: above 0, below 1
   * @param margin how much worse a rate may be and still count as no worse: above 0, below 1
   */
  public CohortJudge(double alpha, double margin) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha lies between 0 and 1, not at " + alpha);
    }
    if (!(margin > 0 && margin < 1)) {
      throw new IllegalArgumentException("margin lies between 0 and 1, not at " + margin);
    }
    this.alpha = alpha;
    this.margin = margin;
  }

  /** An answer and whose it was. */
  public record Heard(boolean cohort, Answer answer) {}

  /** All answers in the order in which they were taken: the same give the same judgement. */
  public synchronized List<Heard> heard() {
    return List.copyOf(heard);
  }

  /** Takes an answer of either arm. */
  public void take(Heard one) {
    if (one.cohort()) {
      cohort(one.answer());
    } else {
      control(one.answer());
    }
  }

  /** Takes an answer that somebody on HTTP was given. */
  public synchronized void control(Answer answer) {
    keep(new Heard(false, answer));
    take(control, answer);
  }

  /** Takes an answer that somebody on a WebSocket was given. */
  public synchronized void cohort(Answer answer) {
    keep(new Heard(true, answer));
    take(cohort, answer);
  }

  private void keep(Heard one) {
    if (heard.size() < MOST_KEPT) {
      heard.add(one);
    }
  }

  private void take(Queue<Answer> arm, Answer answer) {
    if (arm.size() == LONGEST_WAIT) {
      arm.remove();
    }
    arm.add(answer);
    if (!control.isEmpty() && !cohort.isEmpty()) {
      Answer before = control.remove();
      Answer after = cohort.remove();
      failures = failures.and(before.failed(), after.failed());
      late = late.and(before.late(), after.late());
    }
  }

  /** What is known by now. */
  public synchronized Judgement judge() {
    return new Judgement(
        advice(),
        difference("failed", failures),
        difference("late", late),
        Math.max(control.size(), cohort.size()));
  }

  /** What to do by now; much cheaper than the intervals of {@link #judge}, and the same. */
  public synchronized Advice advice() {
    if (above(failures.ofControl(), MOST_CONTROL_FAILED)) {
      return Advice.NO_COMPARISON;
    }
    boolean worse = above(failures, 0) || above(late, 0);
    if (worse) {
      return below(failures.ofControl(), MOST_CONTROL_FAILED) ? Advice.ROLL_BACK : Advice.HOLD;
    }
    if (above(failures.besideNobody(), MOST_FAILED) || above(late.besideNobody(), MOST_LATE)) {
      return Advice.NO_COMPARISON;
    }
    boolean noWorse = below(failures, margin) && below(late, margin);
    return noWorse && tolerable() ? Advice.ADVANCE : Advice.HOLD;
  }

  private boolean tolerable() {
    return below(failures.besideNobody(), MOST_FAILED) && below(late.besideNobody(), MOST_LATE);
  }

  private boolean above(Pairs pairs, double claim) {
    return Betting.logCapital(pairs, claim) >= Math.log(RESPECTS / alpha);
  }

  private boolean below(Pairs pairs, double claim) {
    return above(pairs.mirrored(), -claim);
  }

  private Difference difference(String what, Pairs pairs) {
    double share = alpha / RESPECTS;
    return new Difference(
        what,
        pairs,
        pairs.difference(),
        Betting.lowerBound(pairs, share),
        Betting.upperBound(pairs, share));
  }
}
