package dev.holdfast.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.bundle.Manifest;
import dev.holdfast.report.bundle.Seal;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.ExitCode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A run that does not end when it is told to: its report is sealed, and stays as it was sealed. */
class SealedTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  /** One signal that is sent by the test, and the end that follows from it. */
  private static final class OneSignal implements Signals {
    private final AtomicReference<@Nullable Consumer<ExitCode>> action = new AtomicReference<>();
    private final AtomicInteger halted = new AtomicInteger(-1);

    @Override
    public Watch watch(Consumer<ExitCode> toCall) {
      action.set(toCall);
      return () -> {};
    }

    @Override
    public void halt(int exitCode) {
      halted.set(exitCode);
    }

    void send() {
      Consumer<ExitCode> watching = action.get();
      if (watching == null) {
        throw new AssertionError("nobody watches");
      }
      watching.accept(ExitCode.INTERRUPTED);
    }
  }

  @Command(name = "stubborn")
  private static final class Stubborn {}

  @Test
  void nobodyWritesOnceItIsSealed() throws Exception {
    OneSignal signals = new OneSignal();
    AtomicInteger written = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    AtomicBoolean closed = new AtomicBoolean();
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(() -> play(signals, written, over, closed));
    try {
      Awaitility.await().atMost(PATIENCE).until(() -> written.get() > 3);
      signals.send();
      Awaitility.await().atMost(PATIENCE).until(() -> signals.halted.get() == 130);
      int then = written.get();
      Awaitility.await().atMost(PATIENCE).until(() -> written.get() > then + 3);

      Path bundle = folder.resolve("report");
      assertEquals(List.of(), Seal.broken(bundle, Manifest.read(bundle)));
      assertTrue(JsonFormat.read(bundle.resolve("report.json")).isPartial());
      assertTrue(closed.get(), "whoever writes by itself was not ended");
    } finally {
      over.set(true);
      running.join();
    }
  }

  /** Writes on and on, whatever it is told, and so does somebody whom it started. */
  private void play(
      Signals signals, AtomicInteger written, AtomicBoolean over, AtomicBoolean closed) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Shell shell = new Shell(nowhere, nowhere, Map.of(), Terminal.NONE, signals);
    CommandLine command = new CommandLine(new Stubborn());
    command.parseArgs();
    ReportOptions options = new ReportOptions();
    options.out = folder.resolve("report");
    Run.ofProgram(
        shell,
        command.getCommandSpec(),
        "a program",
        options,
        run -> {
          Path own = run.evidencePath("own.txt");
          run.writes(() -> closed.set(true));
          while (!over.get()) {
            boolean unused = Thread.interrupted();
            if (!closed.get()) {
              Files.writeString(own, "written " + written.get());
            }
            run.evidence("piece-" + written.incrementAndGet() + ".txt", "written");
          }
        });
  }
}
