package dev.holdfast.protocol.client;

import dev.holdfast.protocol.Few;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;

/**
 * What a person said and what is not over yet: first what was written, then what still waits.
 *
 * @param written on a connection at least once, oldest first, until acknowledged and ended
 * @param waiting never yet written, oldest first
 */
public record Outbox(PVector<Entry> written, PVector<Entry> waiting) {

  static final Outbox EMPTY = new Outbox(Few.none(), Few.none());

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
   * @param settled whether its caller knows what became of it; kept on for its position only
   */
  public record Entry(
      String id,
      Body body,
      @Nullable String timestamp,
      long seq,
      int connection,
      boolean acked,
      @Nullable String runId,
      long giveUpAt,
      boolean settled) {

    /** Nobody waits for what becomes of a cancel: it only has to arrive. */
    static Entry said(String id, Body body) {
      boolean settled = body instanceof Status.Cancel;
      return new Entry(id, body, null, 0, UNWRITTEN, false, null, Heartbeat.NEVER, settled);
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
          giveUp,
          settled);
    }

    /** To be written again on the next connection of profile core. */
    Entry unwritten() {
      return new Entry(id, body, timestamp, seq, UNWRITTEN, acked, runId, giveUpAt, settled);
    }

    Entry ackedBy(long position) {
      return acked || seq == 0 || seq > position ? this : held();
    }

    /** The server holds it. */
    Entry held() {
      return new Entry(id, body, timestamp, seq, connection, true, runId, giveUpAt, settled);
    }

    Entry inRun(String run) {
      return new Entry(id, body, timestamp, seq, connection, acked, run, giveUpAt, settled);
    }

    Entry over() {
      return new Entry(id, body, timestamp, seq, connection, acked, runId, giveUpAt, true);
    }

    /** Nothing is left to do: a position that was given must arrive, whatever became of it. */
    boolean finished() {
      return settled && (seq == 0 || acked);
    }

    /** Whether somebody waits for an answer that nothing will bring about any more. */
    boolean mayBeGivenUp() {
      return !settled && (seq == 0 || acked);
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

  /** Puts a changed entry in the place of one that was written; a finished one leaves. */
  Outbox replace(int index, Entry changed) {
    return new Outbox(
        changed.finished() ? written.minus(index) : written.with(index, changed), waiting);
  }

  Outbox without(Entry entry) {
    return new Outbox(written.minus(entry), waiting);
  }

  Outbox withoutFirstWaiting() {
    return new Outbox(written, waiting.minus(0));
  }

  /** Whatever has no position is written again on the next connection. */
  Outbox rewritten() {
    PVector<Entry> changed = written;
    for (int i = 0; i < written.size(); i++) {
      if (written.get(i).seq() == 0) {
        changed = changed.with(i, written.get(i).unwritten());
      }
    }
    return new Outbox(changed, waiting);
  }

  /** What a connection did not take is written again on the next one. */
  Outbox withUnwritten(List<String> ids) {
    PVector<Entry> changed = written;
    for (int i = 0; i < written.size() && !ids.isEmpty(); i++) {
      if (ids.contains(written.get(i).id())) {
        changed = changed.with(i, written.get(i).unwritten());
      }
    }
    return new Outbox(changed, waiting);
  }

  long unacked() {
    return written.stream().filter(e -> !e.acked()).count();
  }

  /** Profile core has no acknowledgements: what this connection has not seen answered. */
  long unansweredOn(int connection) {
    return written.stream().filter(e -> e.connection() == connection).count();
  }
}
