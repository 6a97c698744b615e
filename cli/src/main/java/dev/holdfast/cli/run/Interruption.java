package dev.holdfast.cli.run;

import dev.holdfast.report.result.ExitCode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a signal does to a run: the thread that works is interrupted, unwinds and gives the verdict
 * itself. Should it hang, the verdict is given without it; a second signal waits for nothing.
 */
final class Interruption {
  private static final long UNWIND_MS = 5_000;

  private final Signals signals;
  private final Consumer<ExitCode> told;
  private final IntSupplier verdict;
  private final Thread worker = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private Signals.@Nullable Watch watch;
  private volatile @Nullable ExitCode signal;

  /**
   * @param told is called once, on the signal's thread, before the worker is interrupted
   * @param verdict gives the verdict and the exit code without the worker
   */
  Interruption(Signals signals, Consumer<ExitCode> told, IntSupplier verdict) {
    this.signals = signals;
    this.told = told;
    this.verdict = verdict;
  }

  void watch() {
    watch = signals.watch(this::came);
  }

  void unwatch() {
    if (watch != null) {
      watch.close();
    }
  }

  boolean happened() {
    return signal != null;
  }

  /** The work is over: from here on nobody is interrupted, and files can be written. */
  synchronized void end() {
    ended.countDown();
    Thread.interrupted();
  }

  private void came(ExitCode which) {
    if (happened()) {
      signals.halt(which.code());
    } else if (interrupt(which)) {
      Thread.ofPlatform().daemon().name("holdfast-unwinding").start(this::insist);
    }
  }

  private synchronized boolean interrupt(ExitCode which) {
    signal = which;
    if (ended.getCount() == 0) {
      return false;
    }
    told.accept(which);
    worker.interrupt();
    return true;
  }

  private void insist() {
    try {
      if (!ended.await(UNWIND_MS, TimeUnit.MILLISECONDS)) {
        signals.halt(verdict.getAsInt());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
