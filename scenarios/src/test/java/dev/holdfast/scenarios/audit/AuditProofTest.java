package dev.holdfast.scenarios.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.scenarios.load.ScenarioError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One message with a tool call, and logs that tell the truth about it or not. */
class AuditProofTest {
  private static final List<HistoryRecord> SEEN =
      List.of(
          record(Kind.STATE, "dial", Map.of()),
          record(Kind.FRAME, "status", Map.of("direction", "in", "status", "connected")),
          record(Kind.FRAME, "message", Map.of("direction", "out", "id", "m1")),
          record(
              Kind.FRAME,
              "tool_execution",
              Map.of("direction", "in", "reply_to", "m1", "run_id", "r1")),
          record(
              Kind.STATE,
              "deliver",
              Map.of(
                  "type", "tool_execution",
                  "reply_to", "m1",
                  "tool_call_id", "call-1",
                  "status", "completed")),
          record(Kind.OK, "say", Map.of("id", "m1")));

  private static final List<AuditEntry> TRUE_LOG =
      List.of(
          entry("connect", null, null, null),
          entry("message_accepted", "m1", null, "ok"),
          entry("tool_call", "m1", "call-1", "completed"),
          entry("run_ended", "m1", null, "completed"),
          entry("disconnect", null, null, null));

  @TempDir Path folder;

  private static HistoryRecord record(Kind kind, String op, Map<String, Object> data) {
    return new HistoryRecord(
        Source.CLIENT, "ana", 1, 0, "2026-01-01T00:00:00Z", "s1", "1", kind, op, null, data);
  }

  private static AuditEntry entry(
      String event, @Nullable String message, @Nullable String call, @Nullable String result) {
    return new AuditEntry("log:1", event, "s1", "c1", message, call, result);
  }

  @Test
  void aTrueLogHasEveryEventOnceAndEveryEntryACause() {
    AuditProof proof = AuditProof.of(SEEN, TRUE_LOG);

    assertEquals(List.of(), proof.missing());
    assertEquals(List.of(), proof.uncaused());
    assertEquals(4, proof.observed());
    assertEquals(5, proof.explained());
  }

  @Test
  void eachEntryThatIsLeftOutIsMissed() {
    for (AuditEntry left : TRUE_LOG.subList(0, 4)) {
      List<AuditEntry> log = new ArrayList<>(TRUE_LOG);
      log.remove(left);
      assertEquals(1, AuditProof.of(SEEN, log).missing().size(), left::toString);
    }
  }

  @Test
  void anEntryThatIsThereTwiceIsFound() {
    for (AuditEntry twice : TRUE_LOG.subList(1, 4)) {
      List<AuditEntry> log = new ArrayList<>(TRUE_LOG);
      log.add(twice);
      assertEquals(1, AuditProof.of(SEEN, log).missing().size(), twice::toString);
    }
  }

  @Test
  void whatNobodyDidHasNoCause() {
    List<AuditEntry> log = new ArrayList<>(TRUE_LOG);
    log.add(entry("message_accepted", "m2", null, "ok"));
    log.add(entry("connect", null, null, null));

    List<String> uncaused = AuditProof.of(SEEN, log).uncaused();

    assertTrue(uncaused.contains("log:1 message_accepted of message m2"), uncaused::toString);
    assertTrue(uncaused.contains("log:1 connect"), uncaused::toString);
  }

  /** A run that the server begins itself: its cause is the push, which no client said. */
  @Test
  void aPushIsTheCauseOfItsRun() {
    List<AuditEntry> log = new ArrayList<>(TRUE_LOG);
    log.add(entry("push", "p1", null, "ok"));
    log.add(entry("tool_call", "p1", "call-2", "completed"));
    log.add(entry("run_ended", "p1", null, "completed"));

    assertEquals(List.of(), AuditProof.of(SEEN, log).uncaused());

    log.add(entry("run_ended", "p2", null, "completed"));
    assertEquals(List.of("log:1 run_ended of message p2"), AuditProof.of(SEEN, log).uncaused());
  }

  @Test
  void aPushIsRecordedBeforeItsRun() {
    List<AuditEntry> log = new ArrayList<>(TRUE_LOG);
    log.add(entry("run_ended", "p1", null, "completed"));
    log.add(entry("push", "p1", null, "ok"));
    String uncaused = AuditProof.of(SEEN, log).uncaused().toString();
    assertTrue(uncaused.contains("stands before its message was accepted"), uncaused);
  }

  /** A log that has no word for a push is not held to record one. */
  @Test
  void aRunThatAnswersNoMessageNeedsNoEntryInALogWithoutPushes() {
    List<HistoryRecord> seen = new ArrayList<>(SEEN);
    seen.add(
        record(
            Kind.FRAME, "message", Map.of("direction", "in", "type", "message", "run_id", "r2")));
    List<AuditEntry> log = new ArrayList<>(TRUE_LOG);
    log.add(entry("run_ended", "p1", null, "completed"));
    assertEquals(List.of(), AuditProof.of(seen, log).uncaused());
  }

  @Test
  void aLogWithoutEntriesLeavesTheirCausesOpen() {
    assertTrue(AuditProof.of(SEEN, List.of()).noEntries());
    assertTrue(!AuditProof.of(SEEN, TRUE_LOG).noEntries());
  }

  @Test
  void sessionsThatNobodyWatchedAreLeftAlone() {
    List<AuditEntry> log = new ArrayList<>(TRUE_LOG);
    log.add(new AuditEntry("log:9", "message_accepted", "s9", "c9", "m9", null, "ok"));
    assertEquals(List.of(), AuditProof.of(SEEN, log).uncaused());
    assertTrue(AuditProof.of(List.of(), log).nothing());
  }

  @Test
  void aLogInOtherWordsIsReadThroughItsMapping() throws Exception {
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        fields: {event: what, session_id: ctx.session, message_id: ctx.msg, connection_id: ctx.conn}
        events: {connect: [ws_open], message_accepted: [msg_in], run_ended: [done]}
        """);
    Path log = folder.resolve("app.log");
    Files.writeString(
        log,
        """
        {"what":"ws_open","ctx":{"session":"s1","conn":"c1"}}
        {"what":"msg_in","ctx":{"session":"s1","conn":"c1","msg":"m1"}}
        {"what":"cache_miss","ctx":{"session":"s1"}}
        not JSON at all
        """);

    AuditEntries entries = AuditEntries.read(log, AuditMapping.read(mapping));

    assertEquals(4, entries.lines());
    assertEquals(1, entries.unread());
    assertEquals(List.of("app.log:4 is no JSON object"), entries.firstUnread());
    assertEquals(
        List.of("connect", "message_accepted"),
        entries.all().stream().map(AuditEntry::event).toList());
    assertEquals("m1", entries.all().get(1).message());
  }

  @Test
  void anEndThatIsToldOtherwiseThanItWasSeenIsFoundAndAnotherLogsWordForItIsNot() {
    List<AuditEntry> log = new ArrayList<>(TRUE_LOG);
    log.set(3, entry("run_ended", "m1", null, "failed"));
    AuditProof proof = AuditProof.of(SEEN, log);
    assertEquals(
        List.of("message m1 was seen to be completed, and is on record as failed"),
        proof.missing());
    assertEquals(3, proof.recorded());

    log.set(3, entry("run_ended", "m1", null, "done"));
    assertEquals(List.of(), AuditProof.of(SEEN, log).missing());
  }

  @Test
  void aRunThatWasSeenToFailIsOnRecordAsFailed() {
    List<HistoryRecord> seen = new ArrayList<>(SEEN);
    seen.set(5, record(Kind.FAIL, "say", Map.of("id", "m1", "code", "agent_failed")));
    assertEquals(1, AuditProof.of(seen, TRUE_LOG).missing().size());

    List<AuditEntry> log = new ArrayList<>(TRUE_LOG);
    log.set(3, entry("run_ended", "m1", null, "failed"));
    assertEquals(List.of(), AuditProof.of(seen, log).missing());
  }

  /** Two entries change places: of each such pair one stands before what has to come first. */
  @Test
  void anOrderThatCannotBeIsFoundWithinOneFileOnly() {
    for (int i = 0; i < TRUE_LOG.size() - 1; i++) {
      List<AuditEntry> log = new ArrayList<>(TRUE_LOG);
      Collections.swap(log, i, i == 0 ? 4 : i + 1);
      boolean cannotBe = i != 3;
      List<String> uncaused = AuditProof.of(SEEN, log).uncaused();
      assertEquals(cannotBe, !uncaused.isEmpty(), () -> log + " " + uncaused);
    }
    List<AuditEntry> files = new ArrayList<>(TRUE_LOG);
    files.remove(3);
    files.add(1, new AuditEntry("a.log:1", "run_ended", "s1", "c1", "m1", null, "completed"));
    assertEquals(List.of(), AuditProof.of(SEEN, files).uncaused());
  }

  @Test
  void whatNoClientCanTellTheCauseOfIsCountedByItself() {
    List<AuditEntry> log = new ArrayList<>(TRUE_LOG);
    log.add(entry("drain", null, null, null));
    log.add(entry("cache_warmed", "m1", null, null));

    AuditProof proof = AuditProof.of(SEEN, log);

    assertEquals(2, proof.others());
    assertEquals(5, proof.entries());
    assertEquals(5, proof.explained());
  }

  @Test
  void aRefusalNeedsAnAttemptToConnect() {
    List<AuditEntry> log = new ArrayList<>(TRUE_LOG);
    log.add(entry("refuse", null, null, null));
    assertEquals(List.of("log:1 refuse"), AuditProof.of(SEEN, log).uncaused());

    List<HistoryRecord> seen = new ArrayList<>(SEEN);
    seen.add(record(Kind.STATE, "dial", Map.of()));
    assertEquals(List.of(), AuditProof.of(seen, log).uncaused());
  }

  @Test
  void ofALogThatIsLongerThanMemoryTheRestIsCounted() throws Exception {
    Path log = folder.resolve("long.log");
    String line = "{\"event\":\"connect\",\"session_id\":\"%s\",\"connection_id\":\"c\"}\n";
    Files.writeString(log, line.formatted("s1").repeat(5) + line.formatted("s9").repeat(7));

    AuditEntries entries = AuditEntries.read(log, AuditMapping.STANDARD, AuditProof.about(SEEN), 3);

    assertEquals(12, entries.lines());
    assertEquals(3, entries.all().size());
    assertEquals(2, entries.beyond());
  }

  @Test
  void aMappingThatCannotBeMeantIsRefusedWithItsLine() throws Exception {
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(mapping, "events:\n  connekt: [a]\n");

    ScenarioError error = assertThrows(ScenarioError.class, () -> AuditMapping.read(mapping));

    assertTrue(String.valueOf(error.getMessage()).contains(":2:"), error::getMessage);
  }
}
