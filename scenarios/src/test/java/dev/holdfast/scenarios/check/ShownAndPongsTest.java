package dev.holdfast.scenarios.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import dev.holdfast.scenarios.check.Checker.Truth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The two checkers that only histories of records can feed. */
class ShownAndPongsTest {
  private static final Backoff BACKOFF = new Backoff(1, 1, 0, 1);
  private static final String WORKING =
      "{\"type\":\"status\",\"data\":{\"status\":\"processing\"}}";
  private final Journal journal = new Journal(Source.CLIENT, "ana");

  @Test
  void samePositionIsShownOnce() {
    assertEquals(Truth.UNKNOWN, judged("shown_once"));
    deliver(1);
    deliver(2);
    assertEquals(Truth.TRUE, judged("shown_once"));
    deliver(2);
    assertEquals(Truth.FALSE, judged("shown_once"));
  }

  @Test
  void pongMayTakeASecond() {
    assertEquals(Truth.UNKNOWN, judged("pongs_in_time"));
    frame(0, "out", "ping", "{\"type\":\"ping\",\"id\":\"p1\"}", "p1");
    frame(900, "in", "pong", "{\"type\":\"pong\",\"reply_to\":\"p1\"}", null);
    assertEquals(Truth.TRUE, judged("pongs_in_time"));
    frame(1_000, "out", "ping", "{\"type\":\"ping\",\"id\":\"p2\"}", "p2");
    frame(2_100, "in", "status", WORKING, null);
    frame(2_400, "in", "pong", "{\"type\":\"pong\",\"reply_to\":\"p2\"}", null);
    assertEquals(Truth.FALSE, judged("pongs_in_time"));
  }

  /** All that was sent meanwhile comes in one bunch with the pong: the network held it up. */
  @Test
  void lateBunchProvesNothingAgainstTheServer() {
    frame(0, "out", "ping", "{\"type\":\"ping\",\"id\":\"p1\"}", "p1");
    frame(500, "in", "status", WORKING, null);
    frame(3_000, "in", "status", WORKING, null);
    frame(3_001, "in", "pong", "{\"type\":\"pong\",\"reply_to\":\"p1\"}", null);
    assertEquals(Truth.UNKNOWN, judged("pongs_in_time"));
  }

  private Truth judged(String checker) {
    List<HistoryRecord> records = journal.records();
    return Checkers.named(checker).judge(new History(records, Profile.RESUME, BACKOFF)).truth();
  }

  private void deliver(long seq) {
    add(seq, Kind.STATE, "deliver", Map.of("run_id", "r1", "seq", seq));
  }

  private void frame(
      long ms, String way, String type, String text, @org.jspecify.annotations.Nullable String id) {
    add(
        ms,
        Kind.FRAME,
        type,
        id == null
            ? Map.of("direction", way, "text", text)
            : Map.of("direction", way, "text", text, "id", id));
  }

  private void add(long ms, Kind kind, String op, Map<String, Object> data) {
    HistoryRecord unused = journal.add(ms * 1_000_000, "", null, "1", kind, op, data);
  }
}
