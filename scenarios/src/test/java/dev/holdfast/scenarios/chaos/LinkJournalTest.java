package dev.holdfast.scenarios.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.journal.HistoryRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A journal that cannot take more says so, once, and keeps what it has. */
class LinkJournalTest {

  @Test
  void fullJournalSaysWhereItEnds() {
    LinkJournal journal = new LinkJournal("link", 2);
    for (int i = 1; i <= 5; i++) {
      journal.passed("1", true, "{\"type\":\"ping\",\"id\":\"p" + i + "\"}", i, Instant.EPOCH);
    }
    List<HistoryRecord> records = journal.records();
    assertEquals(
        List.of("ping", "ping", LinkJournal.FULL),
        records.stream().map(HistoryRecord::op).toList());
    assertEquals(3, records.get(2).monoNs());
  }

  @Test
  void frameIsTakenDownWithItsConnection() {
    LinkJournal journal = new LinkJournal("link");
    journal.passed("7", false, "{\"type\":\"pong\",\"reply_to\":\"p1\"}", 1, Instant.EPOCH);
    HistoryRecord pong = journal.records().get(0);
    assertEquals("7", pong.connection());
    assertEquals("p1", pong.text("reply_to"));
  }
}
