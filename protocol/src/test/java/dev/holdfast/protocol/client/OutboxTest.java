package dev.holdfast.protocol.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.client.Outbox.Entry;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import org.junit.jupiter.api.Test;

final class OutboxTest {
  private static Entry written(String id, long seq) {
    return Entry.said(id, Message.said("hi")).writtenOn(1, "t", seq, 9);
  }

  @Test
  void anEntryLeavesOnceItIsAckedAndSettled() {
    assertFalse(written("m1", 1).finished());
    assertFalse(written("m1", 1).over().finished(), "its position must still arrive");
    assertFalse(written("m1", 1).held().finished(), "its end must still come");
    assertTrue(written("m1", 1).held().over().finished());
    assertTrue(written("m1", 0).over().finished(), "profile core has no acks");
  }

  @Test
  void aCancelIsOverOnceItArrived() {
    Entry cancel = Entry.said("x1", new Status.Cancel("r1")).writtenOn(1, "t", 3, 9);
    assertFalse(cancel.finished());
    assertTrue(cancel.ackedBy(3).finished());
    assertFalse(cancel.mayBeGivenUp());
  }

  @Test
  void aRewriteKeepsTheFirstTimestamp() {
    assertEquals("t", written("m1", 1).writtenOn(2, "later", 1, 99).timestamp());
  }

  @Test
  void onlyAcksThatReachItCount() {
    assertFalse(written("m2", 2).ackedBy(1).acked());
    assertTrue(written("m2", 2).ackedBy(2).acked());
    assertFalse(written("m3", 0).ackedBy(5).acked(), "it has no position");
  }

  @Test
  void oneWithoutPositionIsWrittenAgainAfterHttp() {
    Outbox box = Outbox.EMPTY.waitsFor(written("m1", 0)).wrote(written("m1", 0));
    assertEquals(Outbox.UNWRITTEN, box.rewritten().written().get(0).connection());
  }
}
