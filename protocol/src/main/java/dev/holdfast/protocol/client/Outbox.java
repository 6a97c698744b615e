package dev.holdfast.protocol.client;

import dev.holdfast.protocol.frame.Body;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * What a person said and what is not over yet: first what was written, then what still waits.
 *
 * @param written on a connection at least once, oldest first, until acknowledged and ended
 * @param waiting never yet written, oldest first
 */
public record Outbox(PVector<Entry> written, PVector<Entry> waiting) {

  static final Outbox EMPTY = new Outbox(TreePVector.empty(), TreePVector.empty());

  /** The connection number of what was never written. */
  static final int UNWRITTEN = 0;

  /**
   * One thing said.
   *
   * @param body a message, or a cancel
   * @param timestamp of its first writing; a resend keeps it
   * @param seq its position once it has one (profile resume), or 0
   * @param connection on which it was last written
   * @param acked whether the server holds it
   * @param runId the run it started, once a frame told
   * @param giveUpAt when its answer no longer counts on
   */
  public record Entry(
      String id,
      Body body,
      @Nullable String timestamp,
      long seq,
      int connection,
      boolean acked,
      @Nullable String runId,
      long giveUpAt) {

    static Entry said(String id, Body body) {
      return new Entry(id, body, null, 0, UNWRITTEN, false, null, Heartbeat.NEVER);
    }

    Entry writtenOn(int newConnection, String at, long position, long giveUp) {
      return new Entry(
          id,
          body,
          timestamp == null ? at : timestamp,
          position,
          newConnection,
          false,
          runId,
          giveUp);
    }

    Entry ackedBy(long position) {
      return acked || seq == 0 || seq > position ? this : held();
    }

    /** The server holds it. */
    Entry held() {
      return new Entry(id, body, timestamp, seq, connection, true, runId, giveUpAt);
    }

    Entry inRun(String run) {
      return new Entry(id, body, timestamp, seq, connection, acked, run, giveUpAt);
    }
  }

  Outbox waitsFor(Entry entry) {
    return new Outbox(written, waiting.plus(entry));
  }

  /** Moves the oldest waiting entry to the written ones, as it was written. */
  Outbox wrote(Entry asWritten) {
    return new Outbox(written.plus(asWritten), waiting.minus(0));
  }

  Outbox withWritten(PVector<Entry> changed) {
    return new Outbox(changed, waiting);
  }

  Outbox replace(int index, Entry changed) {
    return new Outbox(written.with(index, changed), waiting);
  }

  Outbox without(Entry entry) {
    return new Outbox(written.minus(entry), waiting);
  }

  long unacked() {
    return written.stream().filter(e -> !e.acked()).count();
  }

  /** Profile core has no acknowledgements: what this connection has not seen answered. */
  long unansweredOn(int connection) {
    return written.stream().filter(e -> e.connection() == connection).count();
  }
}
