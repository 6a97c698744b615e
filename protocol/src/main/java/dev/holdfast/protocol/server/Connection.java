package dev.holdfast.protocol.server;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.Timestamps;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a session, from its handshake to its end.
 *
 * @param clientId empty until the hello, and always in profile core
 * @param freshToken the token that this connection's hello may give to the session
 * @param helloBy until when the hello must come; {@link #NEVER} once it came
 * @param sentTop the highest position sent on this connection
 * @param badInRow bad frames since the last good one
 * @param ackOwedAt when an acknowledgement must travel alone; {@link #NEVER} when none is owed
 * @param unackedFrames positioned frames that arrived since an acknowledgement last left
 * @param since when it was opened, RFC 3339
 * @param told what it knows of who is here
 */
public record Connection(
    String id,
    Profile profile,
    @Nullable String userId,
    String clientId,
    Set<String> capabilities,
    String freshToken,
    long openedAt,
    long helloBy,
    Silence silence,
    long sentTop,
    int badInRow,
    long ackOwedAt,
    int unackedFrames,
    String since,
    Presence.Told told) {

  static final long NEVER = Long.MAX_VALUE;

  static Connection opened(ServerInput.Opened o, ServerConfig config, Tick now) {
    boolean resume = o.profile() == Profile.RESUME;
    return new Connection(
        o.connection(),
        o.profile(),
        o.userId(),
        "",
        Set.of(),
        o.freshToken(),
        now.monotonicNanos(),
        resume ? now.in(config.helloTimeoutMs()) : NEVER,
        Silence.from(o.profile(), config.heartbeatIntervalMs(), now),
        0,
        0,
        NEVER,
        0,
        Timestamps.format(now.wall()),
        Presence.Told.NOTHING);
  }

  /** Whether frames of the session may be sent on it. */
  boolean greeted() {
    return helloBy == NEVER;
  }

  boolean resumes() {
    return profile == Profile.RESUME;
  }

  boolean has(String capability) {
    return capabilities.contains(capability);
  }

  Connection saidHello(String client, Set<String> agreed, long topSent) {
    return new Connection(
        id, profile, userId, client, agreed, "", openedAt, NEVER, silence, topSent, badInRow, NEVER,
        0, since, told);
  }

  Connection heard(Tick now) {
    return with(silence.heard(now), sentTop, badInRow, ackOwedAt, unackedFrames);
  }

  Connection pinged() {
    return with(silence.afterPing(), sentTop, badInRow, ackOwedAt, unackedFrames);
  }

  Connection misbehaved() {
    return with(silence, sentTop, badInRow + 1, ackOwedAt, unackedFrames);
  }

  Connection behaved() {
    return badInRow == 0 ? this : with(silence, sentTop, 0, ackOwedAt, unackedFrames);
  }

  Connection owesAck(Tick now) {
    long by = Math.min(ackOwedAt, now.in(ServerConfig.ACK_DELAY_MS));
    return with(silence, sentTop, badInRow, by, unackedFrames + 1);
  }

  /** Whether an acknowledgement can wait no longer for a frame to travel with. */
  boolean mustAck(Tick now) {
    return unackedFrames >= ServerConfig.ACK_FRAMES || now.reached(ackOwedAt);
  }

  /** A frame left on it: the acknowledgement travelled along. */
  Connection sent(long seq) {
    return with(silence, Math.max(sentTop, seq), badInRow, NEVER, 0);
  }

  long nextDeadline() {
    long sooner = Math.min(ackOwedAt, told.nextDeadline());
    return greeted() ? Math.min(sooner, silence.nextDeadline()) : helloBy;
  }

  Connection toldOf(Presence.Told news) {
    return with(silence, sentTop, badInRow, ackOwedAt, unackedFrames, news);
  }

  private Connection with(Silence newSilence, long top, int bad, long ackAt, int unacked) {
    return with(newSilence, top, bad, ackAt, unacked, told);
  }

  private Connection with(
      Silence newSilence, long top, int bad, long ackAt, int unacked, Presence.Told news) {
    return new Connection(
        id,
        profile,
        userId,
        clientId,
        capabilities,
        freshToken,
        openedAt,
        helloBy,
        newSilence,
        top,
        bad,
        ackAt,
        unacked,
        since,
        news);
  }

  /** Tokens stay out of logs. */
  @Override
  public String toString() {
    return "Connection[" + id + ", " + profile + ", client=" + clientId + "]";
  }
}
