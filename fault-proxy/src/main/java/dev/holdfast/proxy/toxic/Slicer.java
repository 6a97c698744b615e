package dev.holdfast.proxy.toxic;

import java.util.ArrayDeque;
import java.util.Deque;

/** Cuts chunks into slices of about average_size bytes and waits after each. */
record Slicer(int averageSize, int sizeVariation, long delayNanos) implements Toxic {
  static final Kind KIND =
      Kind.of("slicer", Slicer::from, "average_size", "size_variation", "delay");

  private static Slicer from(Attributes a) {
    long size = a.whole("average_size");
    long variation = a.whole("size_variation");
    if (size == 0 || variation > size || size > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "slicer.average_size must be 1 or more and not below size_variation, not " + size);
    }
    return new Slicer((int) size, (int) variation, a.microsAsNanos("delay"));
  }

  @Override
  public Pipe open(Flow flow) {
    return new Pipe(flow) {
      // How late the last timer was; the next wait is shorter by as much, so that it does not add
      // up.
      private long lateNanos;

      @Override
      public void chunk(Chunk chunk) {
        Deque<Integer> ends = new ArrayDeque<>();
        cut(0, chunk.size(), ends);
        if (ends.size() > 1) {
          flow.bite("slices", ends.size());
        }
        slice(chunk, 0, ends);
      }

      private void slice(Chunk rest, int done, Deque<Integer> ends) {
        int end = ends.removeFirst();
        if (ends.isEmpty()) {
          flow.pass(rest);
          long due = nextDue();
          flow.pause(due - flow.nowNanos(), () -> lateNanos = late(due));
        } else {
          flow.pass(rest.first(end - done));
          long due = nextDue();
          flow.hold(
              rest,
              due - flow.nowNanos(),
              () -> {
                lateNanos = late(due);
                slice(rest, end, ends);
              });
        }
      }

      private long nextDue() {
        return flow.nowNanos() + delayNanos - lateNanos;
      }

      private long late(long due) {
        return Math.clamp(flow.nowNanos() - due, 0, delayNanos);
      }

      // Halves until a slice is small enough, so that no end of the chunk gets odd sizes.
      private void cut(int start, int end, Deque<Integer> ends) {
        if (end - start - averageSize <= sizeVariation) {
          if (end > start) {
            ends.addLast(end);
          }
          return;
        }
        int swing = (int) flow.chance().below(2L * sizeVariation) - sizeVariation;
        int middle = start + (end - start) / 2 + swing;
        cut(start, middle, ends);
        cut(middle, end, ends);
      }
    };
  }
}
