package dev.holdfast.protocol.frame;

import org.jspecify.annotations.Nullable;

/**
 * What every frame may carry beside its body; all of it optional on the wire.
 *
 * @param timestamp RFC 3339, UTC, as it was written
 * @param sessionId the conversation that the frame belongs to
 * @param id the sender's name for the frame
 * @param seq its position in its direction, from 1, or {@link #ABSENT}
 * @param ack the highest contiguous position processed by the sender, or {@link #ABSENT}
 * @param replyTo the id of the frame that this one answers
 * @param runId the run that it belongs to
 * @param replay whether it is sent again after a resume
 * @param origin who started the run that it belongs to: {@link #PUSH}, or null for a client;
 *     written in {@code data}
 */
public record Envelope(
    @Nullable String timestamp,
    @Nullable String sessionId,
    @Nullable String id,
    long seq,
    long ack,
    @Nullable String replyTo,
    @Nullable String runId,
    boolean replay,
    @Nullable String origin) {

  /** The origin of a run that the server started. */
  public static final String PUSH = "push";

  /** Stands for a position that was not written; 0 is a position. */
  public static final long ABSENT = -1;

  /** The largest position: what every JSON reader can hold exactly. */
  public static final long MAX_POSITION = (1L << 53) - 1;

  public static final Envelope EMPTY =
      new Envelope(null, null, null, ABSENT, ABSENT, null, null, false, null);

  public static Envelope at(String timestamp) {
    return new Envelope(timestamp, null, null, ABSENT, ABSENT, null, null, false, null);
  }

  public boolean positioned() {
    return seq != ABSENT;
  }

  public Envelope withSession(@Nullable String value) {
    return new Envelope(timestamp, value, id, seq, ack, replyTo, runId, replay, origin);
  }

  public Envelope withId(@Nullable String value) {
    return new Envelope(timestamp, sessionId, value, seq, ack, replyTo, runId, replay, origin);
  }

  public Envelope withSeq(long value) {
    return new Envelope(timestamp, sessionId, id, value, ack, replyTo, runId, replay, origin);
  }

  public Envelope withAck(long value) {
    return new Envelope(timestamp, sessionId, id, seq, value, replyTo, runId, replay, origin);
  }

  public Envelope withReplyTo(@Nullable String value) {
    return new Envelope(timestamp, sessionId, id, seq, ack, value, runId, replay, origin);
  }

  public Envelope withRun(@Nullable String value) {
    return new Envelope(timestamp, sessionId, id, seq, ack, replyTo, value, replay, origin);
  }

  public Envelope withOrigin(@Nullable String value) {
    return new Envelope(timestamp, sessionId, id, seq, ack, replyTo, runId, replay, value);
  }

  /** Whether it belongs to a run that the server started. */
  public boolean pushed() {
    return PUSH.equals(origin);
  }

  public Envelope asReplay() {
    return new Envelope(timestamp, sessionId, id, seq, ack, replyTo, runId, true, origin);
  }
}
