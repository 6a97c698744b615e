package dev.holdfast.scenarios.blame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import dev.holdfast.report.result.Blame;
import dev.holdfast.report.result.Culprit;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.audit.AuditEntry;
import dev.holdfast.scenarios.audit.AuditMapping;
import dev.holdfast.scenarios.audit.ServerLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals are joined by what led to what, and a server's own one decides what links cannot. */
class CausesTest {
  private static final long MS = 1_000_000;

  private final Journal ana = new Journal(Source.CLIENT, "ana");
  private final Journal bob = new Journal(Source.CLIENT, "bob");
  private final Journal link = new Journal(Source.PROXY, "link");
  private final Journal faults = new Journal(Source.PROXY, "faults");
  private final List<AuditEntry> log = new ArrayList<>();

  @Test
  void entryStandsBehindTheFrameThatLedToIt() {
    said(ana, 10, "m1");
    up(12, "1", "m1", 1);
    HistoryRecord frame = link.records().get(0);
    state(ana, 900, "connected");
    entry("message_accepted", "m1");
    List<HistoryRecord> merged = Causes.merged(records(), log);
    HistoryRecord accepted =
        merged.stream().filter(r -> r.source() == Source.SERVER).findFirst().orElseThrow();
    assertEquals(frame.address(), accepted.cause());
    assertEquals(
        List.of("say", "message", "message_accepted", "connected"),
        merged.stream().map(HistoryRecord::op).toList());
  }

  /** Acks carry no session: whose they are is told by what went up on their connection. */
  @Test
  void frameOnALinkIsItsConnectionsPersons() {
    said(ana, 10, "a1");
    said(bob, 11, "b1");
    up(12, "1", "a1", 1);
    up(13, "2", "b1", 1);
    down(14, "2", Map.of("ack", 1));
    Testimony t = new Testimony(records());
    HistoryRecord ack = t.last(Testimony::fromServer);
    assertNotNull(ack);
    assertTrue(Testimony.isOf(ack, "bob"));
    assertEquals("s-bob", ack.session());
    assertTrue(!Testimony.isOf(ack, "ana"));
  }

  @Test
  void withoutTheServersJournalALostMessageIsUndecidable() {
    lostWhileFaulty();
    Blame blame = blame();
    assertEquals(Culprit.UNDECIDABLE, blame.culprit(), blame::sentence);
    assertTrue(blame.why().contains("a server's journal would"), blame::sentence);
  }

  @Test
  void serverIsToldByALogInItsOwnWordsToo(@TempDir Path folder) throws Exception {
    lostWhileFaulty();
    Path mapping =
        Files.writeString(
            folder.resolve("mapping.yaml"),
            """
            fields: {event: kind, session_id: conv, connection_id: line, message_id: msg}
            events: {connect: [joined], message_accepted: [took]}
            """);
    Path theirs =
        Files.writeString(
            folder.resolve("log.jsonl"),
            """
            {"kind":"joined","conv":"s-ana","line":"c1"}
            {"kind":"took","conv":"s-ana","line":"c1","msg":"m1"}
            """);
    log.addAll(ServerLog.at(theirs, AuditMapping.read(mapping)).entries());
    Blame blame = blame();
    assertEquals(Culprit.SERVER, blame.culprit(), blame::sentence);
  }

  @Test
  void serverThatTookItIsToldByItsOwnJournal() {
    lostWhileFaulty();
    entry("connect", null);
    entry("message_accepted", "m1");
    Blame blame = blame();
    assertEquals(Culprit.SERVER, blame.culprit(), blame::sentence);
    assertTrue(blame.why().contains("message_accepted"), blame::sentence);
  }

  @Test
  void clientThatNeverSentItAgainIsToldByTheServersJournal() {
    lostWhileFaulty();
    entry("connect", null);
    Blame blame = blame();
    assertEquals(Culprit.CLIENT, blame.culprit(), blame::sentence);
    assertTrue(blame.why().contains("it was not sent again"), blame::sentence);
  }

  @Test
  void whatTheServerNeverGotAndNobodyCouldSendAgainIsTheNetworks() {
    lostWhileFaulty();
    state(ana, 2_000, "reconnecting");
    entry("connect", null);
    Blame blame = blame();
    assertEquals(Culprit.NETWORK, blame.culprit(), blame::sentence);
  }

  /** What a full journal lacks may have been there all the same. */
  @Test
  void fullLinkJournalProvesNothingByWhatItLacks() {
    said(ana, 10, "m1");
    up(12, "1", "m0", 1);
    HistoryRecord unused =
        link.add(20 * MS, "", null, null, Kind.STATE, "journal_full", Map.of("frames", 1));
    state(ana, 30, "connected");
    state(ana, 9_000, "latency");
    Blame blame = blame();
    assertEquals(Culprit.UNDECIDABLE, blame.culprit(), blame::sentence);
    assertTrue(blame.why().contains("the journal of the link ends at"), blame::sentence);
  }

  /** Sent at 100 ms into a fault that lasts to 1,000 ms; connected from 1,200 ms to 9,000 ms. */
  private void lostWhileFaulty() {
    said(ana, 100, "m1");
    fault(90, "struck");
    up(101, "1", "m1", 1);
    fault(1_000, "over");
    state(ana, 1_200, "connected");
    down(1_201, "2", Map.of("status", "connected", "session", "s-ana"));
    state(ana, 9_000, "latency");
  }

  private Blame blame() {
    Finding finding = Finding.about(Stage.CHAOS, "x", "y").violated("m1: no end");
    Blame blame =
        Blames.of(finding, new Testimony(records(), log), Profile.RESUME, checker -> null);
    assertNotNull(blame);
    return blame;
  }

  private List<HistoryRecord> records() {
    List<HistoryRecord> all = new ArrayList<>();
    List.of(ana, bob, link, faults).forEach(journal -> all.addAll(journal.records()));
    return all;
  }

  private static void said(Journal who, long ms, String id) {
    String session = "s-" + who.process();
    who.add(ms * MS, "", session, "1", Kind.INVOKE, "say", Map.of("id", id));
  }

  private static void state(Journal who, long ms, String op) {
    who.add(ms * MS, "", "s-" + who.process(), "1", Kind.STATE, op, Map.of());
  }

  private void up(long ms, String connection, String id, long seq) {
    Map<String, Object> data = Map.of("direction", "up", "id", id, "seq", seq);
    link.add(ms * MS, "", null, connection, Kind.FRAME, "message", data);
  }

  private void down(long ms, String connection, Map<String, Object> what) {
    Map<String, Object> data = new TreeMap<>(what);
    data.put("direction", "down");
    link.add(ms * MS, "", null, connection, Kind.FRAME, "status", data);
  }

  private void fault(long ms, String phase) {
    faults.add(ms * MS, "", null, null, Kind.FAULT, "down", Map.of("phase", phase));
  }

  private void entry(String event, @Nullable String message) {
    log.add(new AuditEntry("log:" + (log.size() + 1), event, "s-ana", "c1", message, null, null));
  }
}
