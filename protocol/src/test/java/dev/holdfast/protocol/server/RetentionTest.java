package dev.holdfast.protocol.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetentionTest {
  private static Frame frame(long seq, String content) {
    return new Frame(Envelope.EMPTY.withSeq(seq), Message.answer(content, List.of()));
  }

  private static Retention kept(int frames, int most) {
    Retention retention = Retention.EMPTY;
    for (int seq = 1; seq <= frames; seq++) {
      retention = retention.plus(frame(seq, "x"), most, 1 << 20);
    }
    return retention;
  }

  @Test
  void keepsTheNewestUpToItsFrames() {
    Retention retention = kept(12, 10);
    assertEquals(10, retention.frames().size());
    assertEquals(3, retention.frames().get(0).envelope().seq());
    assertTrue(retention.overflowed());
    assertFalse(retention.covers(1));
    assertTrue(retention.covers(2));
  }

  @Test
  void keepsUpToItsBytes() {
    Retention retention = Retention.EMPTY.plus(frame(1, "a".repeat(600)), 10, 1_000);
    assertFalse(retention.overflowed());
    retention = retention.plus(frame(2, "\u20ac".repeat(100)), 10, 1_000);
    assertEquals(1, retention.frames().size(), "three bytes a euro, and an envelope");
    assertTrue(retention.bytes() <= 1_000);
  }

  @Test
  void aFrameBeyondAllLimitsLeavesAHole() {
    Retention retention = Retention.EMPTY.plus(frame(1, "a".repeat(2_000)), 10, 1_000);
    assertEquals(0, retention.frames().size());
    assertEquals(0, retention.bytes());
    assertFalse(retention.covers(0));
  }

  @Test
  void dropsWhatWasAckedAndCountsTheBytes() {
    Retention retention = kept(5, 10).ackedTo(3);
    assertEquals(2, retention.frames().size());
    assertTrue(retention.covers(3));
    assertFalse(retention.covers(2));
    assertFalse(retention.overflowed());
    assertEquals(0, retention.ackedTo(9).bytes());
  }

  @Test
  void givingUpWhatNobodySawIsAHole() {
    assertTrue(kept(2, 10).givenUpTo(3).overflowed());
    assertFalse(Retention.EMPTY.givenUpTo(3).overflowed());
    assertFalse(Retention.EMPTY.givenUpTo(3).covers(2));
  }
}
