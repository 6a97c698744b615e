package dev.holdfast.server.session;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.server.Connection;
import dev.holdfast.protocol.server.HttpReply;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.SessionState;
import dev.holdfast.server.Doors;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * New work while the server cannot keep its records: refused, and nothing of it remembered.
 *
 * <p>In profile core and over HTTP the message is refused for good. In resume every position must
 * be processed in order, so it is left unacknowledged: its connection is told why and closed, and
 * the client brings it again.
 */
final class Refusals {
  static final int TRY_AGAIN_LATER = 1013;

  private Refusals() {}

  /** Whether a letter was new work, and was refused. */
  static boolean refused(Letter letter, SessionState state) {
    Link link = letter.link();
    Responder responder = letter.responder();
    boolean byHttp =
        letter.input() instanceof ServerInput.Posted
            || letter.input() instanceof ServerInput.Pushed;
    if (byHttp && responder != null) {
      var closed = Doors.Closed.UNAVAILABLE;
      responder.reply(new HttpReply.Refused(503, closed.code(), closed.error()));
      return true;
    }
    if (letter.input() instanceof ServerInput.Received received
        && link != null
        && received.decoded() instanceof Decoded.Ok ok
        && ok.frame().body() instanceof Message) {
      refuse(link, ok.frame(), profile(state, received.connection()), state.id());
      link.dealtWith();
      return true;
    }
    return false;
  }

  private static @Nullable Profile profile(SessionState state, String connection) {
    for (Connection c : state.connections()) {
      if (c.id().equals(connection)) {
        return c.profile();
      }
    }
    return null;
  }

  private static void refuse(Link link, Frame frame, @Nullable Profile profile, String session) {
    Envelope envelope = Envelope.at(Timestamps.format(Instant.now())).withSession(session);
    Failure failure = Failure.retryable(ErrorCode.UNAVAILABLE, Doors.Closed.UNAVAILABLE.error());
    if (profile == Profile.CORE) {
      link.send(new Frame(envelope.withReplyTo(frame.envelope().id()), failure));
    } else if (profile == Profile.RESUME) {
      link.send(new Frame(envelope, failure));
      link.close(TRY_AGAIN_LATER, "the server cannot keep records");
    }
  }
}
