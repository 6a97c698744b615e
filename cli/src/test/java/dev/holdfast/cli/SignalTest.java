package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real signals to real processes. */
@Tag("ci")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
class SignalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private Process start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said.txt").toFile())
        .start();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("said.txt"));
  }

  private int signalled(Process process, String signal) throws Exception {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
      assertEquals(0, kill.waitFor());
      assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "it did not end");
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A build in the background of a script ignores Ctrl-C, and so do its children. */
  private static void assumeHeard(Process process, String signal) throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (signal.equals("INT") && Files.exists(status)) {
      for (String line : Files.readAllLines(status)) {
        boolean ignored =
            line.startsWith("SigIgn:")
                && (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0;
        assumeFalse(ignored, "SIGINT is ignored by whoever started this test");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130, interrupted by Ctrl-C", "TERM, 143, ended by SIGTERM"})
  void aSignalLeavesAReportOfWhatRan(String signal, int exitCode, String words) throws Exception {
    Path out = folder.resolve("report");
    Process process =
        start(
            "check",
            "server",
            "--case",
            "conversation/greets-first",
            "--repeat",
            "1000",
            "--out",
            out.toString());
    Awaitility.await().atMost(PATIENCE).until(() -> said().contains("Conformance: "));
    assumeHeard(process, signal);

    assertEquals(exitCode, signalled(process, signal), said());

    assertTrue(said().lines().toList().getLast().contains(words), said());
    RunReport report = JsonFormat.read(out.resolve("report.json"));
    assertTrue(report.isPartial());
    assertEquals(exitCode, report.outcome().exitCode());
  }

  /** In the middle of a gate and of a load, when several write at the same time. */
  @ParameterizedTest
  @CsvSource({
    "gate --quick, 'Rollout: ', INT, 130",
    "gate --quick, 'Chaos: ', TERM, 143",
    "load --duration 60s, 'Load', INT, 130"
  })
  void whatAnInterruptedGateLeavesIsMarkedPartialAndVerifies(
      String command, String until, String signal, int exitCode) throws Exception {
    Path out = folder.resolve("report");
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.addAll(List.of("--out", out.toString()));
    Process process = start(args.toArray(String[]::new));
    Awaitility.await().atMost(PATIENCE).until(() -> said().contains(until));
    assumeHeard(process, signal);

    assertEquals(exitCode, signalled(process, signal), said());

    RunReport report = JsonFormat.read(out.resolve("report.json"));
    assertTrue(report.isPartial());
    assertEquals(exitCode, report.outcome().exitCode());
    Spoken verified = Spoken.by("verify", out.toString());
    assertEquals(0, verified.exitCode(), () -> verified.out() + verified.err());
  }

  @Test
  void serveDrainsAndExits0() throws Exception {
    Process process = start("serve", "--store", "memory", "--port", "0");
    Awaitility.await().atMost(PATIENCE).until(() -> said().contains("serving ws://"));

    assertEquals(0, signalled(process, "TERM"), said());
  }
}
