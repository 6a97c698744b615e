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
  private final VirtualClient client;
  private final Receiver receiver;
  private final ArrayDeque<Parcel> underWay = new ArrayDeque<>(8);
  private final Runnable pump = this::pump;
  private long notBefore;
  private long heldUntil;
  private long waitingChars;
  private @Nullable Mischief heldBy;
  private @Nullable Mischief lostTo;
  private boolean pumping;
  private boolean lost;
  private boolean full;
  private boolean swallowed;
  private boolean over;

  /**
   * A direction of somebody's connection.
   *
   * @param client at its near or far end: faults may be this one's alone
   */
  Lane(Agenda agenda, VirtualNetwork network, VirtualClient client, Receiver receiver) {
    this.agenda = agenda;
    this.network = network;
    this.client = client;
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
    if (over || (full && text != null)) {
      return;
    }
    if (lost) {
      swallow();
      return;
    }
    long due = agenda.now() + network.delayMs(client) * Tick.NANOS_PER_MS;
    long rate = text == null ? 0 : network.bytesPerSecond(client);
    if (rate > 0 && text != null) {
      due = Math.max(due, notBefore) + text.length() * NANOS_PER_SECOND / rate;
    }
    notBefore = Math.max(notBefore, due);
    waitingChars += text == null ? 0 : text.length();
    underWay.add(new Parcel(notBefore, text, code, reason));
    if (!pumping) {
      plan(notBefore);
    }
  }

  private void plan(long at) {
    pumping = true;
    if (heldUntil > at && heldBy != null) {
      heldBy.bit();
    }
    agenda.at(Math.max(at, heldUntil), pump);
  }

  private void pump() {
    pumping = false;
    while (!over && !underWay.isEmpty()) {
      long due = underWay.getFirst().due();
      if (Math.max(due, heldUntil) > agenda.now()) {
        plan(due);
        return;
      }
      Parcel next = underWay.removeFirst();
      waitingChars -= next.text() == null ? 0 : next.text().length();
      arrive(next);
    }
  }

  private void arrive(Parcel parcel) {
    if (lost) {
      swallow();
    } else if (parcel.text() != null) {
      receiver.text(parcel.text());
    } else {
      over = true;
      receiver.end(parcel.code(), parcel.reason());
    }
  }

  private void swallow() {
    swallowed = true;
    if (lostTo != null) {
      lostTo.bit();
    }
  }

  /** Whether anything was sent that will never arrive. */
  boolean swallowed() {
    return swallowed;
  }

  /** How many texts wait to arrive. */
  int backlog() {
    return underWay.size();
  }

  /** How long all these texts are: their bytes, where people write as the scripted agent does. */
  long waitingChars() {
    return waitingChars;
  }

  /** Too much waits: none of it is sent any more, and nothing that follows but the end. */
  void fill() {
    full = true;
    underWay.removeIf(parcel -> parcel.text() != null);
    waitingChars = 0;
  }

  /** Nothing moves until then, and nothing is lost. */
  void hold(Mischief by, long untilNanos) {
    if (untilNanos > heldUntil) {
      heldUntil = untilNanos;
      heldBy = by;
    }
  }

  /** Nothing arrives any more, and nobody is told. */
  void lose() {
    lost = true;
  }

  /** The same; whatever is lost is this fault's doing. */
  void lose(@Nullable Mischief by) {
    lostTo = lost ? lostTo : by;
    lost = true;
  }

  boolean lost() {
    return lost;
  }

  /** Whoever listened does not any more. */
  void stop() {
    over = true;
    underWay.clear();
    waitingChars = 0;
  }

  boolean over() {
    return over;
  }
}
