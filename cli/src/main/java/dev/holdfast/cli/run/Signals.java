package dev.holdfast.cli.run;

import dev.holdfast.report.result.ExitCode;
import java.util.function.Consumer;

/** Where a process learns that it is to end. */
public interface Signals {

  /** Nobody sends any. */
  Signals NONE =
      new Signals() {
        @Override
        public Watch watch(Consumer<ExitCode> action) {
          return () -> {};
        }

        @Override
        public void halt(int exitCode) {}
      };

  /** Ends with the watching; signals do again what they did before. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** From now on a signal calls the action, with {@code INTERRUPTED} or {@code TERMINATED}. */
  Watch watch(Consumer<ExitCode> action);

  /** Ends the process at once. */
  void halt(int exitCode);
}
