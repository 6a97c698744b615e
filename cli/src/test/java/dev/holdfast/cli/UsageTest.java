package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be meant is refused with 64, a sentence and a remedy, before anything is written. */
class UsageTest {
  @TempDir Path folder;

  private static Spoken refused(String words, String... args) {
    Spoken spoken = Spoken.by(args);
    assertEquals(64, spoken.exitCode(), spoken::err);
    assertTrue(spoken.firstError().startsWith("holdfast: "), spoken::err);
    assertTrue(spoken.firstError().contains(words), spoken::err);
    assertEquals("", spoken.out());
    return spoken;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gate",
        "check",
        "check server",
        "check client",
        "chaos",
        "simulate",
        "replay",
        "load",
        "serve",
        "proxy",
        "audit",
        "audit verify",
        "audit query",
        "audit prove",
        "merge",
        "verify",
        "report",
        "diff",
        "init"
      })
  void everyCommandHelpsWithExamples(String command) {
    String[] args = (command + " --help").strip().split(" ");

    Spoken spoken = Spoken.by(args);

    assertEquals(0, spoken.exitCode(), spoken::err);
    assertTrue(spoken.out().contains("Examples:"), spoken::out);
    assertTrue(spoken.out().contains(("./holdfast " + command).strip()), spoken::out);
    assertEquals("", spoken.err());
  }

  @Test
  void saysItsVersion() {
    Spoken spoken = Spoken.by("--version");

    assertEquals(0, spoken.exitCode());
    assertTrue(spoken.out().startsWith("holdfast "), spoken::out);
  }

  @Test
  void aloneItNamesWhatIsMissing() {
    refused("a command is missing");
    refused("say what to check: server", "check");
  }

  @ParameterizedTest
  @CsvSource({
    "gaet, did you mean 'gate'?",
    "laod, did you mean 'load'?",
    "juggle, known are audit, chaos, check",
  })
  void anUnknownCommandGetsTheNearestOne(String typed, String words) {
    refused(words, typed);
  }

  @Test
  void anUnknownOptionGetsTheNearestOne() {
    Spoken spoken = refused("did you mean '--list'?", "check", "server", "--lits");
    assertTrue(spoken.err().contains("./holdfast check server --help"), spoken::err);
    refused("did you mean '--out'?", "gate", "--ot=x");
    for (String command : new String[] {"gate", "chaos", "load"}) {
      refused("unknown option '--otu', did you mean '--out'?", command, "--otu", "folder");
    }
    refused("unknown option '--usres'", "load", "--out", "x", "--usres", "5");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8001/ws/chat, write ws:// or wss://",
    "127.0.0.1:8001, does not begin with ws:// or wss://",
    "localhost, does not begin with ws:// or wss://",
    "ws:///ws/chat, names no host",
    "ws://127.0.0.1:70000/ws/chat, has a port outside 1 to 65535",
    "ws://127.0.0.1:0/ws/chat, has a port outside 1 to 65535",
    "ws://127.0.0.1:8001/ws/chat?x=1, has a user",
    "ws://127.0.0.1:8001/ws chat, cannot be read",
  })
  void aBadUrlIsToldHowAGoodOneLooks(String url, String words) {
    for (String command : new String[] {"gate", "chaos", "load"}) {
      Spoken spoken = refused(words, command, url);
      assertTrue(spoken.err().contains("ws://127.0.0.1:8001/ws/chat"), spoken::err);
    }
  }

  @Test
  void aFolderThatHoldsNoReportIsLeftAlone() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious.txt"), "mine");

    refused("is not empty and holds no report", "gate", "--out", folder.toString());

    assertEquals("mine", Files.readString(precious));
  }

  @Test
  void aCaseOrScenarioThatIsNotThereGetsTheNearestOne() {
    refused(
        "did you mean 'heartbeat/pong-while-busy'?",
        "check",
        "server",
        "--case",
        "heartbeat/pong-while-bussy");
    refused("did you mean 'cut-mid-run'?", "chaos", "--scenario", "cut-midrun");
  }

  @Test
  void aNameThatIsNotKnownIsToldInOneSentence() {
    assertEquals(
        "holdfast: no twin is called 'server/replay-reorder', did you mean 'server/replay-reorders'?",
        refused("no twin", "simulate", "--twin", "server/replay-reorder").firstError());
    assertTrue(
        refused("no twin", "simulate", "--twin", "x").err().contains("'x'; known are client/"));
    String missing = folder.resolve("none").toString();
    for (String command : new String[] {"verify", "query"}) {
      refused(missing + ": no such file or folder; give", "audit", command, missing);
    }
    refused(
        "--event run_endet: no event has this name, did you mean 'run_ended'?",
        "audit",
        "query",
        folder.toString(),
        "--event",
        "run_endet");
  }

  @Test
  void aListThatWouldBeEmptySaysWhy() {
    refused(
        "add --profile resume",
        "check",
        "client",
        "--list",
        "--case",
        "resume/*",
        "--profile",
        "core");
    refused(
        "add --profile resume",
        "check",
        "server",
        "--list",
        "--case",
        "resume/*",
        "--profile",
        "core");
  }

  @Test
  void aTypoInAScenarioIsToldWithFileLineAndColumn() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mine.yaml"),
            """
            name: mine
            clause: queue/replayed-once
            poeple: {ana: [{say: hi}]}
            expect: [no_loss]
            """);

    refused(
        file + ":3:1: unknown key 'poeple', did you mean 'people'?",
        "chaos",
        "--scenario",
        file.toString());
  }

  @Test
  void aTypoInTheConfigurationIsToldWithFileLineAndColumn() throws IOException {
    Path file =
        Files.writeString(folder.resolve("holdfast.yaml"), "target:\n  ulr: ws://127.0.0.1:1\n");

    refused(
        file + ":2:3: unknown key 'ulr', did you mean 'url'?", "gate", "--config", file.toString());
    refused("no such file", "gate", "--config", folder.resolve("none.yaml").toString());
  }

  @Test
  void numbersOutOfRangeAreTold() {
    refused("--port 70000: expected a number from 0 to 65535", "serve", "--port", "70000");
    refused("--rollout-percent 101", "serve", "--rollout-percent", "101");
    refused("--side-by-side 65: expected", "check", "server", "--side-by-side", "65");
    refused("users: 1 to", "load", "--users", "0");
    refused("is no length of time; write 500ms", "load", "--duration", "60");
    refused("--listen and --upstream come together", "proxy", "--listen", "127.0.0.1:0");
  }

  @Test
  void aProgramIsToldTooWhyNothingRan() {
    Spoken spoken = Spoken.by("gate", "ftp://x", "--json");

    assertEquals(64, spoken.exitCode());
    assertTrue(spoken.out().contains("\"exit_code\":64"), spoken::out);
    assertFalse(spoken.err().isEmpty());
  }

  @Test
  void anEngineThatIsNotThereIsNeverTakenForAnother() {
    refused("is no program", "chaos", "--engine", "external=" + folder.resolve("none"));
    refused("no Toxiproxy answers", "chaos", "--engine", "external=http://127.0.0.1:9");
    refused("is not one of embedded|external", "chaos", "--engine", "toxic");
  }
}
