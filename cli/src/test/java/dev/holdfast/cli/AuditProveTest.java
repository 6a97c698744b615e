package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.evidence.AuditEvidence;
import dev.holdfast.cli.gate.SmallBundle;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.audit.AuditMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another server's log, in its own words, against what clients saw of it. */
class AuditProveTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MAPPING =
      """
      fields: {event: what, session_id: ctx.session, connection_id: ctx.conn, message_id: ctx.msg, tool_call_id: ctx.tool, result: how}
      events:
        connect: [ws_open]
        resume: [ws_again]
        reset: [ws_anew]
        disconnect: [ws_gone]
        message_accepted: [msg_in]
        run_ended: [done]
        tool_call: [tool]
      """;

  @TempDir Path folder;

  /** What the chaos of a bundle left in the reference's log, as another server would tell it. */
  private List<String> theirLog() throws IOException {
    List<String> theirs = new ArrayList<>(List.of("[boot] listening on 8001"));
    try (Stream<Path> files = Files.list(AuditEvidence.own(SmallBundle.made()))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          theirs.add(inTheirWords(JSON.readTree(line)));
        }
      }
    }
    theirs.add("{\"what\":\"cache_miss\",\"ctx\":{}}");
    return theirs;
  }

  private static String inTheirWords(JsonNode ours) {
    ObjectNode theirs = JSON.createObjectNode();
    String event = ours.path("event").asText();
    theirs.put(
        "what",
        switch (event) {
          case "connect" -> "ws_open";
          case "resume" -> "ws_again";
          case "reset" -> "ws_anew";
          case "disconnect" -> "ws_gone";
          case "message_accepted" -> "msg_in";
          case "run_ended" -> "done";
          case "tool_call" -> "tool";
          default -> event;
        });
    theirs.set("how", ours.get("result"));
    ObjectNode ctx = theirs.putObject("ctx");
    ctx.set("session", ours.get("session_id"));
    ctx.set("conn", ours.get("connection_id"));
    ctx.set("msg", ours.get("message_id"));
    ctx.set("tool", ours.get("tool_call_id"));
    return theirs.toString();
  }

  /** Of what calibrates a scenario no history is kept, so its session is not watched. */
  private static String firstWatched(List<String> log, String word) {
    return log.stream()
        .filter(l -> l.contains(word) && !l.contains("hf-calibration"))
        .findFirst()
        .orElseThrow();
  }

  private Spoken proven(List<String> log) throws IOException {
    return proven(log, SmallBundle.made());
  }

  private Spoken proven(List<String> log, Path bundle) throws IOException {
    Path file = Files.write(folder.resolve("app.log"), log);
    Path mapping = Files.writeString(folder.resolve("mapping.yaml"), MAPPING);
    List<String> words = new ArrayList<>(List.of("audit", "prove", file.toString()));
    words.addAll(List.of("--history", bundle.toString()));
    words.addAll(List.of("--mapping", mapping.toString()));
    return Spoken.by(words.toArray(String[]::new));
  }

  @Test
  void aTrueLogIsProvenAndItsOtherLinesAreCounted() throws Exception {
    Spoken spoken = proven(theirLog());

    assertEquals(0, spoken.exitCode(), spoken::out);
    assertTrue(spoken.lastLine().startsWith("holdfast: PASS "), spoken::lastLine);
    assertTrue(spoken.out().contains("1 lines are no JSON"), spoken::out);
    assertTrue(!spoken.out().contains("chain-is-sound"), "their log has no chain of ours");
  }

  @Test
  void aLogWithoutEntriesHasNoCausesToJudge() throws Exception {
    Spoken spoken = proven(List.of("[boot] listening on 8001"));

    assertTrue(spoken.out().contains("no entry was judged"), spoken::out);
    assertTrue(!spoken.out().contains("pass          audit/each-entry-has-a-cause"), spoken::out);
  }

  @Test
  void anEmptyLogProvesNothing() throws Exception {
    Path log = Files.createFile(folder.resolve("audit.log"));

    for (Finding finding : provenAsKept(log)) {
      assertEquals(Verdict.INCONCLUSIVE, finding.verdict(), finding.address());
    }
  }

  @Test
  void aLogWithAChainMayHaveAnyName() throws Exception {
    Path log = folder.resolve("audit.log");
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(AuditEvidence.own(SmallBundle.made()))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    Files.write(log, lines);

    for (Finding finding : provenAsKept(log)) {
      assertEquals(Verdict.PASS, finding.verdict(), finding.address());
    }
  }

  private List<Finding> provenAsKept(Path log) throws Exception {
    Path kept = AuditEvidence.copy(log, AuditMapping.STANDARD, folder.resolve("bundle"));
    List<HistoryRecord> seen =
        AuditEvidence.histories(SmallBundle.made().resolve("evidence/chaos"));
    return AuditEvidence.prove(kept, AuditMapping.STANDARD, seen).findings();
  }

  @Test
  void whatIsMissingMadeUpOrToldOtherwiseIsSaid() throws Exception {
    List<String> missing = new ArrayList<>(theirLog());
    missing.removeIf(l -> l.contains("\"done\""));
    assertFound("no entry run_ended is there", proven(missing));

    List<String> madeUp = new ArrayList<>(theirLog());
    String accepted = firstWatched(madeUp, "msg_in");
    madeUp.add(accepted.replaceFirst("\"msg\":\"[^\"]+\"", "\"msg\":\"nobody-said-it\""));
    assertFound("message_accepted of message nobody-said-it", proven(madeUp));

    List<String> turned = new ArrayList<>(theirLog());
    turned.replaceAll(l -> l.contains("\"done\"") ? l.replace("completed", "failed") : l);
    assertFound("was seen to be completed, and is on record as failed", proven(turned));

    List<String> early = new ArrayList<>(theirLog());
    String end = firstWatched(early, "\"done\"");
    early.remove(end);
    early.add(1, end);
    assertFound("stands before its message was accepted", proven(early));
  }

  private static void assertFound(String what, Spoken spoken) {
    assertEquals(1, spoken.exitCode(), spoken::out);
    assertTrue(spoken.out().contains(what), spoken::out);
    assertTrue(spoken.lastLine().startsWith("holdfast: FAIL "), spoken::lastLine);
  }

  @Test
  void aBundleInWhichNobodyWasWatchedProvesNothing() throws Exception {
    Path nobody = Files.createDirectories(folder.resolve("nobody"));
    Spoken spoken = proven(theirLog(), nobody);

    assertEquals(2, spoken.exitCode(), spoken::out);
  }
}
