package dev.holdfast.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.client.testing.Clients;
import dev.holdfast.client.testing.Peer;
import dev.holdfast.client.testing.TestServer;
import dev.holdfast.protocol.journal.HistoryCodec;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final String TOKEN = "sEcReT-token-0123456789abcdef";

  private final Journal journal = new Journal(Source.CLIENT, "ana");

  private List<String> shapes() {
    return journal.records().stream()
        .map(r -> r.kind().word() + " " + r.op() + direction(r) + connection(r))
        .toList();
  }

  private static String direction(HistoryRecord r) {
    return r.text("direction") == null ? "" : " " + r.text("direction");
  }

  private static String connection(HistoryRecord r) {
    return r.connection() == null ? "" : " #" + r.connection();
  }

  private HistoryRecord first(Kind kind, String op) {
    return journal.records().stream()
        .filter(r -> r.kind() == kind && r.op().equals(op))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aConversationIsToldFromDialToGoodbye() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana =
            new SimClient(
                ClientOptions.of("ana", server.url()).with(Clients.core()).withJournal(journal))) {
      ana.connect();
      await().until(() -> shapes().contains("state connected #1"));
      ana.say("hi", "m1");
      await().until(() -> shapes().contains("ok say #1"));
    }
    assertEquals(
        List.of(
            "invoke connect",
            "state connecting #1",
            "state dial #1",
            "state opened #1",
            "frame status in #1",
            "state connected #1",
            "invoke say #1",
            "frame message out #1",
            "frame status in #1",
            "state deliver #1",
            "frame message in #1",
            "state deliver #1",
            "ok say #1",
            "invoke disconnect #1",
            "state left #1",
            "state disconnected #1"),
        shapes());
  }

  @Test
  void recordsCarryWhatCheckersRead() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana =
            new SimClient(
                ClientOptions.of("ana", server.url()).with(Clients.core()).withJournal(journal))) {
      ana.connect();
      await().until(() -> shapes().contains("state connected #1"));
      String id = ana.say("hi", "m1");
      await().until(() -> shapes().contains("ok say #1"));
      HistoryRecord said = first(Kind.INVOKE, "say");
      assertEquals(id, said.text("id"));
      assertEquals("m1", said.text("as"));
      assertEquals("hi", said.text("content"));
      assertEquals(64, String.valueOf(said.text("content_sha256")).length());
      assertEquals("s1", said.session());
      assertEquals("m1", first(Kind.OK, "say").text("as"));
      HistoryRecord out = first(Kind.FRAME, "message");
      assertEquals(id, out.text("id"));
      assertTrue(String.valueOf(out.text("text")).contains("\"hi\""));
      HistoryRecord delivered = first(Kind.STATE, "deliver");
      assertEquals("r-" + id, delivered.text("run_id"));
      assertEquals("processing", delivered.text("status"));
    }
  }

  @Test
  void recordsCountUpAndSurviveTheCodec() throws IOException {
    try (TestServer server = TestServer.echoing().then(Peer::greet);
        SimClient ana =
            new SimClient(
                ClientOptions.of("ana", server.url()).with(Clients.core()).withJournal(journal))) {
      ana.connect();
      await().until(() -> shapes().contains("state connected #2"));
    }
    List<HistoryRecord> records = journal.records();
    assertEquals(
        LongStream.rangeClosed(1, records.size()).boxed().toList(),
        records.stream().map(HistoryRecord::n).toList());
    for (HistoryRecord r : records) {
      assertEquals(r.op(), HistoryCodec.read(HistoryCodec.write(r)).op());
    }
    for (int i = 1; i < records.size(); i++) {
      assertTrue(records.get(i - 1).monoNs() <= records.get(i).monoNs());
    }
    HistoryRecord cut = first(Kind.STATE, "closed");
    assertEquals(1006, cut.number("code", 0));
    HistoryRecord again = first(Kind.STATE, "reconnecting");
    assertEquals(1, again.number("attempt", 0));
    assertTrue(again.number("delay_ms", 0) >= 20);
    assertNotNull(again.text("reason"));
  }

  @Test
  void everythingSaidHasExactlyOneEnd() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana =
            new SimClient(
                ClientOptions.of("ana", server.url()).with(Clients.core()).withJournal(journal))) {
      ana.offline();
      ana.connect();
      for (int i = 0; i < 101; i++) {
        ana.say("m" + i, "m" + i);
      }
      ana.online();
      await().until(() -> ends(Kind.OK) == 100);
      assertEquals(1, ends(Kind.FAIL));
      HistoryRecord refused = first(Kind.FAIL, "say");
      assertEquals("m100", refused.text("as"));
      assertEquals("queue_full", refused.text("code"));
      assertEquals(true, refused.data().get("refused"));
    }
  }

  private long ends(Kind kind) {
    return journal.records().stream().filter(r -> r.kind() == kind && r.op().equals("say")).count();
  }

  @Test
  void tokensNeverReachIt() throws IOException {
    TestServer.Script giving = peer -> peer.resume(TOKEN);
    try (TestServer server = new TestServer(giving);
        SimClient ana =
            new SimClient(
                ClientOptions.of("ana", server.url())
                    .with(Clients.resume())
                    .withJournal(journal))) {
      ana.connect();
      await().until(() -> server.peers().size() >= 2 && !server.peer(1).received().isEmpty());
      assertTrue(server.peer(1).received().getFirst().contains(TOKEN), "it is used again");
    }
    String all = journal.records().stream().map(HistoryCodec::write).toList().toString();
    assertFalse(all.contains(TOKEN));
    assertTrue(all.contains("resume_token\\\":\\\"***"), all);
  }

  @Test
  void aTextThatIsNoFrameIsKept() throws IOException {
    TestServer.Script babbling =
        peer -> {
          peer.greet();
          peer.send("nonsense");
          peer.answerAll();
        };
    try (TestServer server = new TestServer(babbling);
        SimClient ana = new SimClient(ClientOptions.of("ana", server.url()).withJournal(journal))) {
      ana.connect();
      await().until(() -> shapes().contains("frame invalid in #1"));
      assertEquals("invalid_json", first(Kind.FRAME, "invalid").text("code"));
    }
  }

  @Test
  void aClientWithoutAJournalWorks() throws IOException {
    try (TestServer server = TestServer.echoing();
        SimClient ana = new SimClient(ClientOptions.of("ana", server.url()).withJournal(null))) {
      ana.connect();
      await().until(() -> "s1".equals(ana.sessionId()));
    }
  }
}
