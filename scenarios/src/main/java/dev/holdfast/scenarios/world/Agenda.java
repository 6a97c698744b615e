package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Tick;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Virtual time: what happens when. One thread, one source of chance; events of one moment happen in
 * the order in which they were planned.
 */
final class Agenda {

  private record Event(long at, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>(64);
  private final SplittableRandom chance;
  private long now;
  private long planned;

  Agenda(long seed) {
    chance = new SplittableRandom(seed);
  }

  void at(long nanos, Runnable action) {
    events.add(new Event(Math.max(nanos, now), planned++, action));
  }

  void in(long ms, Runnable action) {
    at(now + ms * Tick.NANOS_PER_MS, action);
  }

  /** Lets the next event happen; false when there is none before the end. */
  boolean step(long endNanos) {
    Event next = events.peek();
    if (next == null || next.at() > endNanos) {
      return false;
    }
    events.remove();
    now = next.at();
    next.action().run();
    return true;
  }

  /** Time passes without anything happening. */
  void pass(long untilNanos) {
    now = Math.max(now, untilNanos);
  }

  long now() {
    return now;
  }

  /** 64 fresh random bits. */
  long entropy() {
    return chance.nextLong();
  }

  /** A uniform choice from 0 (inclusive) to {@code bound} (exclusive). */
  long uniform(long bound) {
    return bound <= 0 ? 0 : chance.nextLong(bound);
  }

  /** Random letters and digits, for ids and tokens of the simulated world. */
  String name(String prefix) {
    return prefix + Long.toUnsignedString(chance.nextLong(), 36);
  }
}
