package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Tick;
import java.time.Instant;

/**
 * A machine's own clock: it began at another time than others, runs a little fast or slow, and what
 * it takes for the date may jump.
 */
final class Clock {
  /** The wall clock of every story begins here. */
  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private static final long MILLION = 1_000_000;

  private final Agenda agenda;
  private final long offsetNanos;
  private final int driftPpm;
  private long aheadNanos;

  Clock(Agenda agenda, long offsetNanos, int driftPpm) {
    this.agenda = agenda;
    this.offsetNanos = offsetNanos;
    this.driftPpm = driftPpm;
  }

  static Clock accurate(Agenda agenda) {
    return new Clock(agenda, 0, 0);
  }

  Tick tick() {
    long nanos = nanos();
    return new Tick(nanos, wall(nanos), agenda.entropy());
  }

  /** What it takes for the date. */
  Instant wall() {
    return wall(nanos());
  }

  private Instant wall(long nanos) {
    return BEGINNING.plusNanos(nanos - offsetNanos + aheadNanos);
  }

  long nanos() {
    return nanosAt(agenda.now());
  }

  private long nanosAt(long worldNanos) {
    return offsetNanos + worldNanos + worldNanos / MILLION * driftPpm;
  }

  /** When, in the world's time, this clock shows {@code nanos}. */
  long worldNanos(long nanos) {
    long world = nanos - offsetNanos;
    if (driftPpm == 0) {
      return world;
    }
    for (int i = 0; i < 4; i++) {
      world += nanos - nanosAt(world);
    }
    while (nanosAt(world) < nanos) {
      world++;
    }
    return world;
  }

  /** Somebody sets the date; deadlines are not counted on it. */
  void jump(long ms) {
    aheadNanos += ms * Tick.NANOS_PER_MS;
  }
}
