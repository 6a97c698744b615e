package dev.holdfast.scenarios.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.client.persona.Action;
import dev.holdfast.client.persona.Expectation;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.FrameType;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.conformance.Clauses;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import dev.holdfast.scenarios.model.Scenario.Trigger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenario files: what is read, and what is said of a file that cannot be meant. */
class ScenarioReaderTest {
  /** Scenarios in which only their people make trouble, or nobody does. */
  private static final Set<String> CALM = Set.of("second-connection", "heartbeat-during-a-run");

  /** Line by line, so that a test can spoil one of them. */
  private static final List<String> GOOD =
      List.of(
          "name: my-story",
          "clause: queue/replayed-once",
          "title: Somebody goes away and comes back.",
          "options: {reconnect_base_ms: 100, heartbeat_interval_ms: 300}",
          "people:",
          "  ana:",
          "    - {say: hi, as: m1}",
          "    - {expect: {terminal: m1, within_ms: 2000}}",
          "    - {pause_ms: 50}",
          "    - offline",
          "faults:",
          "  - {when: {person: ana, type: tool_execution, nth: 2}, do: down, for_ms: 800}",
          "  - {at_ms: 10, do: latency, args: {latency: 20}}",
          "expect: [no_loss, in_order]",
          "durability: none",
          "gate: true");

  @Test
  void readsEverythingThatAScenarioSays() {
    Scenario scenario = ScenarioReader.read("s.yaml", text(GOOD));
    assertEquals("my-story", scenario.name());
    assertEquals("queue/replayed-once", scenario.clause());
    assertEquals("Somebody goes away and comes back.", scenario.title());
    assertEquals(300, scenario.options().get("heartbeat_interval_ms", 0));
    assertEquals(
        List.of(
            new Action.Say("hi", "m1", 1),
            new Action.Expect(new Expectation.Terminal("m1"), 2_000),
            new Action.Pause(50),
            new Action.Offline()),
        script(scenario));
    assertEquals(
        List.of(
            new FaultPlan(new Trigger("ana", "tool_execution", 2), 0, "down", Map.of(), 800, null),
            new FaultPlan(null, 10, "latency", Map.of("latency", 20L), 0, null)),
        scenario.faults());
    assertEquals(List.of("no_loss", "in_order"), scenario.expect());
    assertEquals("none", scenario.durability());
    assertTrue(scenario.gate());
    assertTrue(!scenario.quick());
  }

  @Test
  void readsEveryAction() {
    String script =
        "[{say: a, times: 3, as: q}, {expect: {state: reconnecting}}, {expect: {refused:"
            + " queue_full}}, {expect: {indeterminate: q*, code: reset}}, {cancel: m1}, online,"
            + " connect, disconnect, {expect: {frame: tool_execution, status: running}}, retry,"
            + " close]";
    String text =
        "name: n\nclause: queue/replayed-once\npeople: {ana: " + script + "}\nexpect: [no_loss]";
    long within = Action.Expect.DEFAULT_WITHIN_MS;
    assertEquals(
        List.of(
            new Action.Say("a", "q", 3),
            new Action.Expect(new Expectation.State(LinkState.RECONNECTING), within),
            new Action.Expect(new Expectation.Refused("queue_full"), within),
            new Action.Expect(new Expectation.Indeterminate("q*", "reset"), within),
            new Action.Cancel("m1"),
            new Action.Online(),
            new Action.Connect(),
            new Action.Disconnect(),
            new Action.Expect(
                new Expectation.FrameSeen(FrameType.TOOL_EXECUTION, "running"), within),
            new Action.Retry(),
            new Action.Close()),
        script(ScenarioReader.read("s.yaml", text)));
  }

  @Test
  void takesTheClausesSentenceForATitle() {
    Scenario scenario = ScenarioReader.read("s.yaml", text(without(3)));
    assertEquals(Clauses.at("queue/replayed-once").sentence(), scenario.title());
  }

  @Test
  void everyScenarioOfOursLoadsAndNamesOnlyWhatExists() {
    HashSet<String> names = new HashSet<>();
    for (Scenario scenario : ChaosScenarios.ALL) {
      assertTrue(names.add(scenario.name()), scenario.name() + " is there twice");
      assertTrue(Checkers.names().containsAll(scenario.expect()), scenario.name());
      boolean calm = CALM.contains(scenario.name());
      assertEquals(calm, scenario.faults().isEmpty(), scenario.name() + " and its faults");
      assertTrue(scenario.title().endsWith("."), scenario.name());
      assertTrue(
          calm || scenario.expect().contains("every_fault_fired"),
          scenario.name() + " does not ask whether its faults fired");
    }
  }

  /** Line to spoil, what stands there, what to write instead; then place and words of the error. */
  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1  | name | nmae | 1:1: unknown key 'nmae', did you mean 'name'?",
        "1  | my-story | my story | 1:7: a name has 1 to 128 of A-Z a-z 0-9 . _ -",
        "1  | name: my-story | gate: false | 1:1: the key 'name' is missing here",
        "2  | replayed-once | replayed-onec | 2:9: unknown clause 'queue/replayed-onec', did you"
            + " mean 'queue/replayed-once'?",
        "3  | title | name | 3:1: the key 'name' stands here twice",
        "3  | title: Somebody goes away and comes back. | profile: cor | 3:10: unknown profile"
            + " 'cor', did you mean 'core'?",
        "3  | Somebody goes away and comes back. | [a, b] | 3:8: expected a text",
        "4  | reconnect_base_ms | reconnect_base | 4:11: unknown key 'reconnect_base', did you mean"
            + " 'reconnect_base_ms'?",
        "4  | 100 | soon | 4:30: expected a whole number from 0 to 3600000",
        "4  | 100 | -1 | 4:30: expected a whole number from 0 to 3600000, not -1",
        "4  | 100 | 9000000 | 4:30: expected a whole number from 0 to 3600000, not 9000000",
        "4  | heartbeat_interval_ms | reconnect_base_ms | 4:35: the key 'reconnect_base_ms' stands"
            + " here twice",
        "6  | ana: | 'ana maria:' | 7:5: a person's name has 1 to 128 of A-Z a-z 0-9 . _ -",
        "7  | say | sya | 7:7: unknown action 'sya', did you mean 'say'?",
        "7  | as: | at: | 7:17: unknown key 'at', did you mean 'as'?",
        "8  | terminal | terminl | 8:17: unknown key 'terminl', did you mean 'terminal'?",
        "8  | terminal: m1 | state: conected | 8:24: unknown state 'conected', did you mean"
            + " 'connected'?",
        "8  | terminal: m1 | frame: toolexecution | 8:24: unknown frame type 'toolexecution', did"
            + " you mean 'tool_execution'?",
        "8  | 2000 | 0 | 8:42: expected a whole number from 1 to 3600000, not 0",
        "8  | within_ms: 2000 | state: connected | 8:16: expect needs exactly one of terminal,"
            + " settled, indeterminate, refused, state, closed, here, echo, pushed, frame",
        "9  | pause_ms | pause | 9:7: unknown action 'pause', did you mean 'pause_ms'?",
        "9  | 50 | 1.5 | 9:18: expected a whole number from 0 to 3600000",
        "10 | offline | ofline | 10:7: unknown action 'ofline', did you mean 'offline'?",
        "12 | person: ana | person: anna | 12:21: unknown person 'anna', did you mean 'ana'?",
        "12 | tool_execution | tool | 12:32: unknown frame type 'tool', did you mean"
            + " 'tool_execution'?",
        "12 | tool_execution | everything | 12:32: unknown frame type 'everything'; known are"
            + " error, message, ping, pong, status, tool_execution",
        "12 | do: down | do: donw | 12:61: unknown fault 'donw', did you mean 'down'?",
        "12 | do: down, for_ms: 800 | 'do: sigkill, person: ana' | 12:78: 'sigkill' strikes a"
            + " server, and with it everybody: leave this out",
        "12 | nth: 2 | nth: 0 | 12:53: expected a whole number from 1 to 1000000, not 0",
        "12 | when: {person: ana, type: tool_execution, nth: 2} | for_ms: 1 | 12:27: the key"
            + " 'for_ms' stands here twice",
        "13 | at_ms: 10 | at: 10 | 13:6: unknown key 'at', did you mean 'at_ms'?",
        "13 | at_ms: 10, |  | 13:5: a fault needs either 'when' or 'at_ms'",
        "13 | latency: 20 | latancy: 20 | 13:37: unknown key 'latancy', did you mean 'latency'?",
        "13 | latency: 20 | latency: soon | 13:46: expected a whole number from 0 to"
            + " 9007199254740992",
        "13 | latency: 20 | stream: upsteam | 13:45: unknown stream 'upsteam', did you mean"
            + " 'upstream'?",
        "13 | latency: 20 | toxicity: 2 | 13:47: expected a number from 0 to 1, not 2",
        "14 | no_loss | no_los | 14:10: unknown checker 'no_los', did you mean 'no_loss'?",
        "14 | [no_loss, in_order] | no_loss | 14:9: expected a list, as in [a, b]",
        "15 | none | memory | 15:13: unknown durability 'memory'; known are none, process",
        "16 | true | yes | 16:7: expected true or false",
        "16 | gate | gat | 16:1: unknown key 'gat', did you mean 'gate'?",
      })
  void saysWhereAndWhatWasMeant(int line, String was, String instead, String complaint) {
    assertEquals(
        "s.yaml:" + complaint, complaint(text(spoiled(line, was, instead == null ? "" : instead))));
  }

  @Test
  void saysWhereTheYamlItselfBreaks() {
    assertEquals(
        "s.yaml:2:1: expected ',' or '}', but got <stream end>", complaint("name: {a: 1\n"));
    assertEquals("s.yaml:1:1: the file is empty", complaint(""));
    assertEquals("s.yaml:1:1: the file is empty", complaint("# nothing but a comment\n"));
    assertEquals("s.yaml:1:1: expected a map of keys and values", complaint("- a\n- b\n"));
    String twoDocuments = complaint("a: 1\n---\nb: 2\n");
    assertTrue(twoDocuments.startsWith("s.yaml:2:1: "), twoDocuments);
    assertTrue(complaint("a:\n\t- c\n").startsWith("s.yaml:2:1: "), complaint("a:\n\t- c\n"));
  }

  @Test
  void survivesFilesThatAreMadeToHurt() {
    assertTrue(complaint("a: \u0000").startsWith("s.yaml"));
    assertTrue(complaint("[".repeat(5_000)).startsWith("s.yaml"));
    String endless = text(spoiled(13, "{latency: 20}", "&x {latency: *x}"));
    assertTrue(complaint(endless).startsWith("s.yaml:13:"), complaint(endless));
  }

  @Test
  void readsAFileAndNamesItInComplaints(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, text(GOOD));
    assertEquals("my-story", ScenarioReader.read(file).name());
    Files.writeString(file, text(spoiled(14, "no_loss", "no_los")));
    String complaint = words(assertThrows(ScenarioError.class, () -> ScenarioReader.read(file)));
    assertTrue(complaint.startsWith(file + ":14:10: "), complaint);
  }

  @Test
  void saysThatAFileIsMissingOrNoText(@TempDir Path folder) throws IOException {
    Path none = folder.resolve("none.yaml");
    assertEquals(
        none + ": there is no such file",
        assertThrows(ScenarioError.class, () -> ScenarioReader.read(none)).getMessage());
    Path bytes = folder.resolve("bytes.yaml");
    Files.write(bytes, "name: ä".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        bytes + ": the file is not UTF-8",
        assertThrows(ScenarioError.class, () -> ScenarioReader.read(bytes)).getMessage());
    assertThrows(ScenarioError.class, () -> ScenarioReader.resource("/scenarios/chaos/none.yaml"));
  }

  private static List<Action> script(Scenario scenario) {
    return List.copyOf(scenario.people().values()).get(0).actions();
  }

  private static String complaint(String text) {
    return words(assertThrows(ScenarioError.class, () -> ScenarioReader.read("s.yaml", text)));
  }

  private static String words(ScenarioError error) {
    return String.valueOf(error.getMessage());
  }

  private static List<String> spoiled(int line, String was, String instead) {
    List<String> lines = new java.util.ArrayList<>(GOOD);
    String before = lines.get(line - 1);
    assertTrue(before.contains(was), before);
    String after = was.equals("name: my-story") ? "gate: false" : before.replace(was, instead);
    lines.set(line - 1, after.replace("'", ""));
    if (was.equals("name: my-story")) {
      lines.remove("gate: true");
    }
    return lines;
  }

  private static List<String> without(int line) {
    List<String> lines = new java.util.ArrayList<>(GOOD);
    lines.remove(line - 1);
    return lines;
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
