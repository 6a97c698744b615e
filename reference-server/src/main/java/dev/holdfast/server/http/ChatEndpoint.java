package dev.holdfast.server.http;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.server.Doors;
import dev.holdfast.server.Limits;
import dev.holdfast.server.Minted;
import dev.holdfast.server.session.Letter;
import dev.holdfast.server.session.Sessions;

/**
 * {@code POST /api/chat}: one message, answered when its run has ended.
 *
 * <p>Where an access token is required, a session's own token will do for that session: only who
 * had access was given it.
 */
final class ChatEndpoint implements Endpoint {
  private final Sessions sessions;
  private final Doors doors;
  private final Limits limits;
  private final AccessGate access;

  ChatEndpoint(HttpServices services, AccessGate access) {
    sessions = services.sessions();
    doors = services.doors();
    limits = services.options().limits();
    this.access = access;
  }

  @Override
  public void serve(Exchange exchange) {
    Doors.Closed closed = doors.toMessages();
    if (exchange.foreign()) {
      exchange.answer(Answer.error(403, "origin_forbidden", "Pages of this origin may not post."));
    } else if (closed != null) {
      exchange.answer(Answer.error(503, closed.code(), closed.error()));
    } else {
      try {
        post(exchange, ChatRequest.of(exchange.body()));
      } catch (ChatRequest.Unusable e) {
        exchange.answer(e.answer());
      }
    }
  }

  private void post(Exchange exchange, ChatRequest request) {
    String session = request.sessionId() == null ? Minted.hex(16) : request.sessionId();
    if (!access.allows(exchange) && sessions.admits(session, Profile.CORE)) {
      exchange.answer(
          Answer.error(401, "unauthenticated", "This needs the access token as a bearer.")
              .with("WWW-Authenticate", "Bearer"));
      return;
    }
    if (sessions.count() >= limits.maxSessions() && !sessions.knows(session)) {
      exchange.answer(Answer.error(503, "over_capacity", "The server is full; try again later."));
      return;
    }
    var posted =
        new ServerInput.Posted(
            "q-" + Minted.hex(8),
            exchange.bearer(),
            request.userId(),
            request.id(),
            request.message(),
            request.history());
    Letter letter =
        Letter.posted(posted, reply -> exchange.answer(ChatReplies.answer(reply, session)));
    if (!sessions.offer(session, letter, exchange.loop())) {
      exchange.answer(Answer.error(503, "busy", "Too much waits in this session."));
    }
  }
}
