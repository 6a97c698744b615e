package dev.holdfast.protocol.server;

import dev.holdfast.protocol.Few;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.frame.SnapshotRun;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePMap;

/**
 * All that a server knows of one session.
 *
 * @param epoch changes only when state was lost
 * @param access who may touch it; null while nobody opened it in profile resume
 * @param connections in the order in which they were opened
 * @param topSeq the last position given to a frame
 * @param runs accepted and not ended; the first is running
 * @param remembered the newest ended runs, oldest first
 * @param lonelySince since when there is no connection; {@link Connection#NEVER} while there is one
 * @param expiredBelow a hello whose ack lies below was away when frames and ids were given up
 * @param pushesPaidTo until when the pushes of late have used up their rate
 * @param wakeAt the newest wake-up asked for
 */
public record SessionState(
    String id,
    String epoch,
    @Nullable Access access,
    PVector<Connection> connections,
    PMap<String, ClientPositions> clients,
    Retention retention,
    long topSeq,
    PMap<String, Claim> claims,
    PVector<Run> runs,
    PVector<SnapshotRun> remembered,
    long lonelySince,
    long expiredBelow,
    @Nullable Draining draining,
    long pushesPaidTo,
    long wakeAt) {

  /**
   * The session's token and who got it.
   *
   * @param openedBy the client_id whose hello opened the session
   * @param proven whether anybody ever showed the token, or spoke after the hello that opened the
   *     session, so that it surely arrived
   */
  public record Access(String token, String openedBy, boolean proven) {
    /** Tokens stay out of logs. */
    @Override
    public String toString() {
      return "Access[openedBy=" + openedBy + ", proven=" + proven + "]";
    }
  }

  /** The end of accepting, until {@code deadline}. */
  public record Draining(long deadline, long retryAfterMs, boolean stopping) {}

  /** A session that nobody has touched yet. */
  public static SessionState fresh(String id, String epoch) {
    return new SessionState(
        id,
        epoch,
        null,
        Few.none(),
        TreePMap.empty(),
        Retention.EMPTY,
        0,
        TreePMap.empty(),
        Few.none(),
        Few.none(),
        Connection.NEVER,
        0,
        null,
        Long.MIN_VALUE,
        Connection.NEVER);
  }

  /** Whether a new connection of this profile may be accepted: not core to a session with token. */
  public boolean admits(Profile profile) {
    return profile == Profile.RESUME || access == null;
  }
}
