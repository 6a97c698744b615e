package dev.holdfast.cli;

import dev.holdfast.cli.run.Signals;
import dev.holdfast.report.result.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Signals that a test sends. */
final class FakeSignals implements Signals {
  private final List<Integer> halts = new ArrayList<>();
  private Consumer<ExitCode> action = signal -> {};
  private boolean watched;

  @Override
  public synchronized Watch watch(Consumer<ExitCode> toCall) {
    action = toCall;
    watched = true;
    return () -> watched = false;
  }

  @Override
  public synchronized void halt(int exitCode) {
    halts.add(exitCode);
  }

  synchronized boolean watched() {
    return watched;
  }

  synchronized List<Integer> halts() {
    return List.copyOf(halts);
  }

  void send(ExitCode signal) {
    Consumer<ExitCode> now;
    synchronized (this) {
      now = action;
    }
    now.accept(signal);
  }
}
