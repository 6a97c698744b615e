package dev.holdfast.cli.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.cli.Main;
import dev.holdfast.cli.examples.ExampleServer.Breakage;
import dev.holdfast.cli.examples.ExampleServer.Language;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.Signals;
import dev.holdfast.cli.run.Terminal;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers in other languages pass, and with one line broken fail exactly the case meant. */
@Tag("ci")
class ExamplesTest {
  private static final Map<String, Breakage> BREAKAGES =
      Map.of(
          "PYTHON envelope/timestamp-is-readable",
          new Breakage(
              "frames.py",
              "timestamp = datetime.now(UTC).isoformat(timespec=\"milliseconds\")"
                  + ".replace(\"+00:00\", \"Z\")",
              "timestamp = \"just now\""),
          "NODE envelope/timestamp-is-readable",
          new Breakage(
              "frames.mjs", "timestamp: new Date().toISOString()", "timestamp: 'just now'"),
          "PYTHON session/stale-close-is-harmless",
          new Breakage("session.py", "if self.connection is connection:", "if True:"),
          "NODE session/stale-close-is-harmless",
          new Breakage(
              "session.mjs",
              "if (this.socket === socket) this.socket = null;",
              "this.socket = null;"),
          "PYTHON envelope/never-deaf",
          new Breakage("server.py", "bad_in_a_row += 1", "await asyncio.sleep(3600)"),
          "NODE envelope/never-deaf",
          new Breakage(
              "server.mjs", "badInARow += 1;", "return socket.removeAllListeners('message');"));

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Tag("lab")
  @ParameterizedTest
  @EnumSource(Language.class)
  void passesTheGate(Language language, @TempDir Path folder) throws Exception {
    try (ExampleServer server = ExampleServer.start(language, folder.resolve("s"), List.of())) {
      String config = language.folder().resolve("holdfast.yaml").toString();
      String report = folder.resolve("report").toString();
      int exit = holdfast("gate", server.url(), "--config", config, "--out", report);
      assertEquals(0, exit, () -> printed.toString(UTF_8));
    }
  }

  @Tag("lab")
  @ParameterizedTest
  @CsvSource({
    "PYTHON, envelope/timestamp-is-readable",
    "NODE, session/stale-close-is-harmless",
  })
  void oneBrokenLineFailsExactlyTheClauseMeant(
      Language language, String address, @TempDir Path folder) throws Exception {
    failsExactly(language, address, folder);
  }

  @Tag("lab")
  @ParameterizedTest
  @CsvSource({
    "NODE, envelope/timestamp-is-readable",
    "PYTHON, session/stale-close-is-harmless",
    "PYTHON, envelope/never-deaf",
    "NODE, envelope/never-deaf"
  })
  void oneBrokenLineMoreFailsExactlyTheClauseMeant(
      Language language, String address, @TempDir Path folder) throws Exception {
    failsExactly(language, address, folder);
  }

  private void failsExactly(Language language, String address, Path folder) throws Exception {
    Breakage breakage = BREAKAGES.get(language + " " + address);
    Path report = folder.resolve("report");
    try (ExampleServer server =
        ExampleServer.start(language, folder.resolve("s"), List.of(breakage))) {
      int exit = holdfast("check", "server", server.url(), "--out", report.toString());
      assertEquals(1, exit, () -> printed.toString(UTF_8));
    }
    RunReport found = JsonFormat.read(report.resolve("report.json"));
    List<String> failed =
        found.findings().stream().filter(Finding::fails).map(Finding::clause).distinct().toList();
    assertEquals(List.of(address), failed);
  }

  @Test
  void theSmallestClientTalksToTheReference(@TempDir Path folder) throws Exception {
    Path said = folder.resolve("said.txt");
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build())) {
      Path script = Path.of("..", "examples", "clients", "seed_test.py").toAbsolutePath();
      Process client =
          new ProcessBuilder(
                  Language.PYTHON.interpreter(), script.toString(), server.wsUrl().toString())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      try {
        assertTrue(client.waitFor(20, TimeUnit.SECONDS), () -> "it still talks: " + read(said));
        assertEquals(0, client.exitValue(), () -> read(said));
      } finally {
        client.destroyForcibly();
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int holdfast(String... args) {
    PrintStream stream = new PrintStream(printed, true, UTF_8);
    return Main.run(args, new Shell(stream, stream, Map.of(), Terminal.NONE, Signals.NONE));
  }
}
