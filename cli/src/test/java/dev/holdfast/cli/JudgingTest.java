package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that judge, from their arguments to their exit code and report. */
class JudgingTest {
  private static final String CASE = "conversation/greets-first";

  @TempDir Path folder;

  private String out() {
    return folder.resolve("report").toString();
  }

  private RunReport report() {
    return JsonFormat.read(folder.resolve("report/report.json"));
  }

  @Test
  void oneCaseAgainstTheReferencePassesAndLeavesAReport() {
    Spoken spoken = Spoken.by("check", "server", "--case", CASE, "--seed", "7", "--out", out());

    assertEquals(0, spoken.exitCode(), spoken::out);
    assertTrue(spoken.lastLine().startsWith("holdfast: PASS "), spoken::out);
    assertTrue(spoken.out().contains("Report: "), spoken::out);
    for (String file : new String[] {"index.html", "junit.xml", "summary.md"}) {
      assertTrue(Files.exists(folder.resolve("report").resolve(file)), file);
    }
    assertEquals(7, report().seed());
    assertEquals(1, report().findings().size());
  }

  @Test
  void aServerOfSomebodyElseIsJudgedWhereItIs() throws IOException {
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build())) {
      Spoken spoken = Spoken.by("check", "server", server.wsUrl(), "--case", CASE, "--out", out());

      assertEquals(0, spoken.exitCode(), spoken::out);
      assertEquals(server.wsUrl(), report().target());
    }
  }

  @Test
  void whatItsOwnerDidNotDeclareIsNotHeldAgainstAServer() throws IOException {
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build())) {
      Spoken spoken =
          Spoken.by(
              "check",
              "server",
              server.wsUrl(),
              "--case",
              "conversation/agent-failure-is-told",
              "--out",
              out());

      assertEquals(2, spoken.exitCode(), spoken::out);
      assertTrue(spoken.out().contains("stimuli.fail"), spoken::out);
    }
  }

  @Test
  void whatItsOwnerDeclaredIsHeldAgainstAServer() throws IOException {
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build())) {
      Path config =
          Files.writeString(
              folder.resolve("holdfast.yaml"),
              "target: {url: '" + server.wsUrl() + "'}\nstimuli: {fail: \"#agent fail\"}\n");

      Spoken spoken =
          Spoken.by(
              "check",
              "server",
              "--config",
              config.toString(),
              "--case",
              "conversation/agent-failure-is-told",
              "--out",
              out());

      assertEquals(0, spoken.exitCode(), spoken::out);
    }
  }

  @Test
  void nothingListeningIsOneLineAndInconclusive() throws IOException {
    int free = freePort();
    for (String command : new String[] {"gate", "chaos", "load"}) {
      Spoken spoken = Spoken.by(command, "ws://127.0.0.1:" + free + "/ws/chat", "--out", out());

      assertEquals(2, spoken.exitCode(), spoken::err);
      assertEquals(1, spoken.outLines().size(), spoken::out);
      assertTrue(
          spoken.out().startsWith("holdfast: INCONCLUSIVE nothing listens on ws://127.0.0.1:"),
          spoken::out);
      assertTrue(spoken.out().contains("tried 3 times"), spoken::out);
      assertEquals("", spoken.err());
    }
  }

  @Test
  void quietSaysTheVerdictAlone() {
    Spoken spoken = Spoken.by("check", "server", "--case", CASE, "--quiet", "--out", out());

    assertEquals(1, spoken.outLines().size(), spoken::out);
    assertEquals("", spoken.err());
  }

  @Test
  void asJsonEveryLineIsAnObjectAndPeopleReadStderr() {
    Spoken spoken = Spoken.by("check", "server", "--case", CASE, "--json", "--out", out());

    assertTrue(spoken.outLines().stream().allMatch(line -> line.startsWith("{\"event\":")));
    assertTrue(spoken.lastLine().contains("\"event\":\"verdict\""), spoken::out);
    assertTrue(spoken.err().contains("holdfast: PASS "), spoken::err);
  }

  @Test
  void everyCaseAndScenarioIsListed() {
    assertTrue(Spoken.by("check", "server", "--list").out().contains(CASE));
    assertTrue(Spoken.by("check", "server", "--list", "--json").out().contains("\"needs\":["));
    assertTrue(Spoken.by("chaos", "--list").out().contains("cut-mid-run"));
  }

  @Test
  void aKnownFailureThatPassesFailsTheRun() throws IOException {
    Path known = Files.writeString(folder.resolve("known.txt"), CASE + "  # not yet\n");

    Spoken spoken =
        Spoken.by(
            "check", "server", "--case", CASE, "--known-failing", known.toString(), "--out", out());

    assertEquals(3, spoken.exitCode(), spoken::out);
  }

  @Test
  void ctrlCLeavesAReportOfWhatRanAndExits130() throws Exception {
    FakeSignals signals = new FakeSignals();
    CompletableFuture<Spoken> running =
        CompletableFuture.supplyAsync(() ->
            Spoken.by(
                signals,
                Map.of(),
                "check",
                "server",
                "--repeat",
                "1000",
                "--case",
                CASE,
                "--out",
                out()));
    Awaitility.await().until(signals::watched);
    Awaitility.await().until(() -> Files.exists(folder.resolve("report/evidence/audit")));

    signals.send(ExitCode.INTERRUPTED);

    Spoken spoken = running.get();
    assertEquals(130, spoken.exitCode(), spoken::out);
    assertTrue(spoken.lastLine().contains("interrupted by Ctrl-C"), spoken::out);
    assertTrue(report().isPartial());
    assertFalse(signals.watched());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
