package dev.holdfast.scenarios.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MachineWatchTest {
  private static final long MS = 1_000_000;

  /** Measures nothing by itself within the test: its timer fires at other moments. */
  private static final long FAR = Long.MAX_VALUE / 4;

  private static Starvation after(long... lateMs) {
    try (MachineWatch watch = MachineWatch.start()) {
      for (int i = 0; i < lateMs.length; i++) {
        watch.fired(FAR + (i + 1) * 10 * MS, lateMs[i] * MS);
      }
      return watch.between(FAR, FAR + lateMs.length * 10 * MS);
    }
  }

  @Test
  void aTimerInTimeIsNoStarvation() {
    assertEquals(Starvation.NONE, after(0, 0, 0, 0));
  }

  @Test
  void oneVeryLateTimerSpoilsTiming() {
    long[] late = new long[200];
    late[7] = MachineWatch.LATE_MS - 1;
    assertFalse(after(late).spoilsTiming());
    late[7] = MachineWatch.LATE_MS;
    assertTrue(after(late).spoilsTiming());
  }

  @Test
  void aQuarterOfThatIsNoticeable() {
    long[] late = new long[200];
    late[7] = MachineWatch.LATE_MS / 4 - 1;
    assertFalse(after(late).isNoticeable());
    late[7] = MachineWatch.LATE_MS / 4;
    assertTrue(after(late).isNoticeable());
    assertFalse(after(late).spoilsTiming());
  }

  @Test
  void manyTimersThatAreALittleLateSpoilTiming() {
    assertFalse(after(3, 3, 3, 3).spoilsTiming());
    assertTrue(after(4, 4, 4, 4).spoilsTiming());
  }

  @Test
  void whatWasBeforeAndAfterDoesNotCount() {
    try (MachineWatch watch = MachineWatch.start()) {
      watch.fired(FAR, 900 * MS);
      watch.fired(FAR + 10 * MS, 0);
      watch.fired(FAR + 30 * MS, 900 * MS);
      assertEquals(Starvation.NONE, watch.between(FAR + 1, FAR + 20 * MS));
    }
  }

  @Test
  void saysWhatItMeasured() {
    assertEquals(
        "this machine was starved of processor time: a timer of 10 ms fired up to 250 ms late and"
            + " waited for 60 % of the time",
        new Starvation(250, 0.6).toString());
  }
}
