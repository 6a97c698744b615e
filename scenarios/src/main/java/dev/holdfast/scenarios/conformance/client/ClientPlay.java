package dev.holdfast.scenarios.conformance.client;

import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Level;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One playing of one case's script, which ends in time whatever its client does. */
final class ClientPlay {
  private final ClientCase one;
  private final ClientBench bench;
  private final Duration limit;

  ClientPlay(ClientCase one, ClientBench bench, Duration limit) {
    this.one = one;
    this.bench = bench;
    this.limit = limit;
  }

  /**
   * What was found.
   *
   * @param absent whether it failed, or lacks its premise, by something that did not come, or came
   *     late
   */
  record Played(Finding finding, boolean absent) {}

  Played judge(FindingBuilder finding) throws InterruptedException {
    long began = System.nanoTime();
    @Nullable Exception thrown = null;
    try {
      limited();
      bench.leave();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      thrown = e;
      bench.awaitLastWords();
    }
    finding.took((System.nanoTime() - began) / 1_000_000).trace(bench.log().lines());
    return judged(finding, thrown);
  }

  /** A crash or an uncaught error is a failure, whatever else the case came to. */
  private Played judged(FindingBuilder finding, @Nullable Exception thrown) {
    List<String> wrong = bench.complaints();
    if (!wrong.isEmpty()) {
      return new Played(broken(wrong, finding), bench.isOnlyLate());
    }
    if (bench.declined()) {
      return sure(finding.notApplicable("the client says that it does not support this case"));
    }
    return switch (thrown) {
      case null -> sure(finding.pass());
      case Mismatch e ->
          new Played(
              finding
                  .expected(e.expected())
                  .likelyCause(one.cause())
                  .violated(e.seen() + bench.whyNeverConnected()),
              e.isAbsence());
      case Unsupported e -> sure(finding.notApplicable(String.valueOf(e.getMessage())));
      case Inapplicable e -> sure(finding.notApplicable(e.why()));
      case Unclear e ->
          new Played(finding.inconclusive(e.why() + bench.whyNeverConnected()), e.isAbsence());
      case TimeoutException e ->
          sure(
              finding.inconclusive(
                  String.format(
                      Locale.ROOT,
                      "the case did not end within %d s, nor show the client to be wrong until then",
                      limit.toSeconds())));
      default -> sure(finding.harnessError(thrown.toString()));
    };
  }

  private static Played sure(Finding finding) {
    return new Played(finding, false);
  }

  /** A failure however mild the clause of the case is. */
  private static Finding broken(List<String> wrong, FindingBuilder finding) {
    return finding
        .level(Level.MUST)
        .expected(
            "a client that neither crashes nor leaves an error uncaught, and exits when its input"
                + " ends")
        .violated(String.join("; ", wrong.subList(0, Math.min(3, wrong.size()))));
  }

  /** Runs the script, but not longer than a case may take; its connections end with it. */
  private void limited() throws Exception {
    try (ExecutorService alone = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> playing =
          alone.submit(() -> {
            bench.start();
            one.script().play(bench);
            return null;
          });
      try {
        playing.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      } finally {
        playing.cancel(true);
        if (!playing.isDone() || playing.isCancelled()) {
          // What waits for a socket hears no interrupt.
          bench.close();
        }
      }
    }
  }
}
