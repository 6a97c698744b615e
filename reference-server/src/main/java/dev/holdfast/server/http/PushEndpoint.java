package dev.holdfast.server.http;

import dev.holdfast.protocol.Names;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.server.Doors;
import dev.holdfast.server.Minted;
import dev.holdfast.server.session.Letter;
import dev.holdfast.server.session.Sessions;

/** {@code POST /api/sessions/{id}/push}: the agent speaks first; answered when that is kept. */
final class PushEndpoint implements Endpoint {
  static final String BEFORE_ID = "/api/sessions/";
  static final String AFTER_ID = "/push";

  private final Sessions sessions;
  private final Doors doors;

  PushEndpoint(HttpServices services) {
    sessions = services.sessions();
    doors = services.doors();
  }

  @Override
  public void serve(Exchange exchange) {
    String path = exchange.path();
    String session = path.substring(BEFORE_ID.length(), path.length() - AFTER_ID.length());
    Doors.Closed closed = doors.toMessages();
    if (!Names.valid(session)) {
      exchange.answer(
          Answer.error(400, "bad_session_id", "A session's id is 1 to 128 of A-Z a-z 0-9 . _ -"));
    } else if (closed != null) {
      exchange.answer(Answer.error(503, closed.code(), closed.error()));
    } else if (!sessions.knows(session)) {
      exchange.answer(Answer.error(404, "unknown_session", "There is no such session."));
    } else {
      try {
        push(exchange, session, ChatRequest.of(exchange.body()));
      } catch (ChatRequest.Unusable e) {
        exchange.answer(e.answer());
      }
    }
  }

  private void push(Exchange exchange, String session, ChatRequest request) {
    var pushed = new ServerInput.Pushed("q-" + Minted.hex(8), request.id(), request.message());
    Letter letter =
        Letter.pushed(pushed, reply -> exchange.answer(ChatReplies.answer(reply, session)));
    if (!sessions.offer(session, letter, exchange.loop())) {
      exchange.answer(Answer.error(503, "busy", "Too much waits in this session."));
    }
  }
}
