package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Tick;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Virtual time: what happens when. One thread, one source of chance; events of one moment happen in
 * the order in which they were planned.
 */
final class Agenda {
  /** The wall clock of every story begins here. */
  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private record Event(long at, long order, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
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

  long now() {
    return now;
  }

  long nowMs() {
    return now / Tick.NANOS_PER_MS;
  }

  Tick tick() {
    return new Tick(now, BEGINNING.plusNanos(now), chance.nextLong());
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
