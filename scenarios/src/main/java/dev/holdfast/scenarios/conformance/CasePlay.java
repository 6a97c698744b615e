package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Outcome.Kind;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One playing of one case's script, which ends in time whatever its target does. */
final class CasePlay {
  /** No case may take longer, whatever its target does, unless the target is a slow one. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** How many answers of a slow target a case may wait for. */
  private static final int ANSWERS = 8;

  /** A server that serves people has room for so many connections of one case. */
  private static final int MANY = 8;

  private CasePlay() {}

  static Outcome of(Case one, Bench bench) throws InterruptedException {
    try {
      limited(() -> one.script().play(bench), bench);
      return bench.log().lines().isEmpty()
          ? ended(Kind.UNCLEAR, "", "the trace is empty: nothing was sent or received", bench)
          : ended(Kind.PASSED, "", "", bench);
    } catch (Mismatch e) {
      return ended(Kind.VIOLATED, e.expected(), e.seen(), bench).absence(e.isAbsence());
    } catch (Unclear e) {
      return ended(unclear(e, bench), "", e.why(), bench);
    } catch (Inapplicable e) {
      return ended(Kind.INAPPLICABLE, "", e.why(), bench);
    } catch (TimeoutException e) {
      // The limit is the case's own: it says nothing of the target.
      String why = "the case was still going on after " + limit(bench).toSeconds() + " s";
      return ended(Kind.UNCLEAR, "", why, bench);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return ended(Kind.BROKEN, "", e.toString(), bench);
    }
  }

  /** What a case that waited for room was too late for may come when it is played alone. */
  private static Kind unclear(Unclear e, Bench bench) {
    int connections = e.connectionsWhenFull();
    if (connections < 0) {
      return bench.waitedForRoom() ? Kind.FULL : Kind.UNCLEAR;
    }
    return connections < MANY ? Kind.FULL : Kind.FILLED;
  }

  private static Outcome ended(Kind kind, String expected, String seen, Bench bench) {
    return new Outcome(kind, expected, seen, false, bench.log().nowMs(), bench.log().lines());
  }

  private static Duration limit(Bench bench) {
    Duration slow = Duration.ofMillis(ANSWERS * bench.pace().patienceMs());
    return slow.compareTo(LIMIT) > 0 ? slow : LIMIT;
  }

  /** Something that may fail in any way. */
  private interface Action {
    void run() throws Exception;
  }

  /** Runs a script, but not longer than a case may take; its connections end with it. */
  private static void limited(Action action, Bench bench) throws Exception {
    // A flood keeps its script busy: on a virtual thread it would starve all others.
    try (ExecutorService alone = Executors.newSingleThreadExecutor()) {
      Future<?> playing =
          alone.submit(() -> {
            action.run();
            return null;
          });
      try {
        playing.get(limit(bench).toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      } finally {
        playing.cancel(true);
        bench.close();
      }
    }
  }
}
