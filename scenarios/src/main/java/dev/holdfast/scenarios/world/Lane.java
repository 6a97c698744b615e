package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Tick;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: what was sent arrives in order, late, or not at all. Like TCP it
 * never loses something and then goes on.
 */
final class Lane {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** What receives at the far end. */
  interface Receiver {
    void text(String text);

    void end(int code, String reason);
  }

  /** A text, or the end of the lane where there is none. */
  private record Parcel(long due, @Nullable String text, int code, String reason) {}

  private final Agenda agenda;
  private final VirtualNetwork network;
  private final Receiver receiver;
  private final ArrayDeque<Parcel> underWay = new ArrayDeque<>(8);
  private final Runnable pump = this::pump;
  private long notBefore;
  private long heldUntil;
  private boolean pumping;
  private boolean lost;
  private boolean over;

  Lane(Agenda agenda, VirtualNetwork network, Receiver receiver) {
    this.agenda = agenda;
    this.network = network;
    this.receiver = receiver;
  }

  void send(String text) {
    put(text, 0, "");
  }

  /** The last thing to arrive: a close frame, or the end of the stream for 1006. */
  void end(int code, String reason) {
    put(null, code, reason);
  }

  private void put(@Nullable String text, int code, String reason) {
    if (over) {
      return;
    }
    if (lost) {
      network.bit();
      return;
    }
    long due = agenda.now() + network.delayMs() * Tick.NANOS_PER_MS;
    long rate = network.bytesPerSecond();
    if (rate > 0 && text != null) {
      network.bit();
      due = Math.max(due, notBefore) + text.length() * NANOS_PER_SECOND / rate;
    }
    notBefore = Math.max(notBefore, due);
    underWay.add(new Parcel(notBefore, text, code, reason));
    if (!pumping) {
      plan(notBefore);
    }
  }

  private void plan(long at) {
    pumping = true;
    agenda.at(Math.max(at, heldUntil), pump);
  }

  private void pump() {
    pumping = false;
    while (!over && !underWay.isEmpty()) {
      long due = Math.max(underWay.getFirst().due(), heldUntil);
      if (due > agenda.now()) {
        if (heldUntil > agenda.now()) {
          network.bit();
        }
        plan(due);
        return;
      }
      arrive(underWay.removeFirst());
    }
  }

  private void arrive(Parcel parcel) {
    if (lost) {
      network.bit();
    } else if (parcel.text() != null) {
      receiver.text(parcel.text());
    } else {
      over = true;
      receiver.end(parcel.code(), parcel.reason());
    }
  }

  /** How many texts wait to arrive. */
  int backlog() {
    return underWay.size();
  }

  /** Nothing moves until then, and nothing is lost. */
  void hold(long untilNanos) {
    heldUntil = Math.max(heldUntil, untilNanos);
  }

  /** Nothing arrives any more, and nobody is told. */
  void lose() {
    lost = true;
  }

  boolean lost() {
    return lost;
  }

  /** Whoever listened does not any more. */
  void stop() {
    over = true;
    underWay.clear();
  }

  boolean over() {
    return over;
  }
}
