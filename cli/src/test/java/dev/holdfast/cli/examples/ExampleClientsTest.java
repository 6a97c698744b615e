package dev.holdfast.cli.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.cli.Main;
import dev.holdfast.cli.examples.ExampleServer.Language;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.Signals;
import dev.holdfast.cli.run.Terminal;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.server.web.WebPages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients in other languages, as processes: sound where they claim to be, caught where broken. */
@Tag("ci")
class ExampleClientsTest {
  private static final Path CLIENTS = Path.of("..", "examples", "clients").toAbsolutePath();
  private static final String COMES_BACK = "reconnect/codes-that-reconnect/1012";
  private static final List<String> CASES =
      List.of(
          COMES_BACK,
          "reconnect/failed-attempt-leads-to-the-next/five-in-a-row",
          "queue/hundred-wait-in-order/while-closing",
          "envelope/client-skips-the-unexpected/not-a-frame");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void nodeWithWs(@TempDir Path folder) throws Exception {
    String adapter = CLIENTS.resolve("node/adapter.mjs").toString();
    passes(folder, CASES, List.of(Language.NODE.interpreter(), adapter, "ws"));
  }

  /** Node 20 has one only when it is asked for. */
  @Test
  void nodeWithItsOwnWebSocket(@TempDir Path folder) throws Exception {
    String adapter = CLIENTS.resolve("node/adapter.mjs").toString();
    List<String> command =
        List.of(Language.NODE.interpreter(), "--experimental-websocket", "--no-warnings", adapter);
    passes(folder, CASES, command);
  }

  @Test
  void python(@TempDir Path folder) throws Exception {
    String adapter = CLIENTS.resolve("python/adapter.py").toString();
    passes(folder, CASES, List.of(Language.PYTHON.interpreter(), adapter));
  }

  @Tag("lab")
  @Test
  void pageInChromium(@TempDir Path folder) throws Exception {
    String adapter = CLIENTS.resolve("browser/adapter.mjs").toString();
    passes(folder, List.of(COMES_BACK), List.of(Language.NODE.interpreter(), adapter));
  }

  /** Each case starts a browser of its own, so they are few. */
  @Test
  void chatPagesClientInChromium(@TempDir Path folder) throws Exception {
    Path client = folder.resolve("client.js");
    Files.writeString(client, Objects.requireNonNull(WebPages.all().get("/client.js")).body());
    String adapter = CLIENTS.resolve("browser/adapter.mjs").toString();
    passes(
        folder,
        List.of(COMES_BACK, "reconnect/final-refusals-stop/403", "resume/hello-comes-first"),
        List.of(Language.NODE.interpreter(), adapter, client.toString(), "resume"));
  }

  @Test
  void brokenLineFailsTheCaseMeant(@TempDir Path folder) throws Exception {
    Path copy = Files.createDirectories(folder.resolve("node"));
    for (String file : List.of("adapter.mjs", "drive.mjs", "client.mjs")) {
      Files.copy(CLIENTS.resolve("node").resolve(file), copy.resolve(file));
    }
    Files.createSymbolicLink(
        copy.resolve("node_modules"), CLIENTS.resolve("node").resolve("node_modules"));
    Path client = copy.resolve("client.mjs");
    String source = Files.readString(client);
    String line = "if (isFinal(code))";
    assertTrue(source.contains(line), client + " has no line " + line);
    Files.writeString(client, source.replace(line, "if (code !== 1006)"));
    String adapter = copy.resolve("adapter.mjs").toString();
    List<Finding> findings =
        judge(
            folder,
            List.of(COMES_BACK, "reconnect/codes-that-reconnect/1006"),
            List.of(Language.NODE.interpreter(), adapter, "ws"));
    List<String> failed = findings.stream().filter(Finding::fails).map(Finding::address).toList();
    assertEquals(List.of(COMES_BACK), failed, () -> printed.toString(UTF_8));
  }

  private void passes(Path folder, List<String> cases, List<String> command) throws IOException {
    List<Finding> findings = judge(folder, cases, command);
    assertEquals(cases.size(), findings.size(), () -> printed.toString(UTF_8));
    for (Finding finding : findings) {
      assertEquals(Verdict.PASS, finding.verdict(), () -> printed.toString(UTF_8));
    }
  }

  private List<Finding> judge(Path folder, List<String> cases, List<String> command)
      throws IOException {
    Path report = folder.resolve("report");
    List<String> args = new ArrayList<>(List.of("check", "client", "--out", report.toString()));
    for (String one : cases) {
      args.addAll(List.of("--case", one));
    }
    args.add("--");
    args.addAll(command);
    PrintStream stream = new PrintStream(printed, true, UTF_8);
    Shell shell = new Shell(stream, stream, Map.of(), Terminal.NONE, Signals.NONE);
    var unused = Main.run(args.toArray(String[]::new), shell);
    RunReport found = JsonFormat.read(report.resolve("report.json"));
    return found.findings();
  }
}
