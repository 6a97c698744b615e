package dev.holdfast.load;

import java.util.Arrays;

/** How many connections are open, now and at any moment before; any thread. */
final class ConnectionCount {
  private static final int FIRST_ROOM = 1_024;

  private long[] moments = new long[FIRST_ROOM];
  private int[] counts = new int[FIRST_ROOM];
  private int changes;
  private int now;

  synchronized void add(int more, long nanos) {
    if (changes == moments.length) {
      moments = Arrays.copyOf(moments, 2 * changes);
      counts = Arrays.copyOf(counts, 2 * changes);
    }
    now += more;
    moments[changes] = nanos;
    counts[changes] = now;
    changes++;
  }

  synchronized int now() {
    return now;
  }

  /** After the last change at or before a moment of {@link System#nanoTime}. */
  synchronized int at(long nanos) {
    int low = 0;
    int high = changes;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (moments[middle] - nanos <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? 0 : counts[low - 1];
  }
}
