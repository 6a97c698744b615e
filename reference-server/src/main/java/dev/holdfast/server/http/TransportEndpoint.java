package dev.holdfast.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.protocol.Names;
import dev.holdfast.protocol.Profile;
import dev.holdfast.server.Doors;
import dev.holdfast.server.rollout.Rollout;
import dev.holdfast.server.rollout.RolloutSwitch;
import io.netty.handler.codec.http.HttpHeaderNames;

/** {@code GET /api/transport?user_id=}: which way a user takes. */
final class TransportEndpoint implements Endpoint {
  static final String SOCKET_PATH = "/ws/chat";

  private final RolloutSwitch rollout;
  private final Doors doors;
  private final Advice advice;
  private final String scheme;
  private final String ownHost;

  /** What clients are told about connecting. */
  record Advice(long heartbeatIntervalMs, long reconnectIntervalMs, int maxReconnectAttempts) {}

  /**
   * @param scheme ws or wss
   * @param ownHost where the server listens, for requests that do not say how they found it
   */
  TransportEndpoint(
      RolloutSwitch rollout, Doors doors, Advice advice, String scheme, String ownHost) {
    this.rollout = rollout;
    this.doors = doors;
    this.advice = advice;
    this.scheme = scheme;
    this.ownHost = ownHost;
  }

  @Override
  public void serve(Exchange exchange) {
    String user = exchange.parameter("user_id");
    if (user != null && !Names.valid(user)) {
      exchange.answer(
          Answer.error(400, "bad_session_id", "'user_id' must be 1 to 128 of A-Z a-z 0-9 . _ -"));
      return;
    }
    Rollout now = rollout.rollout();
    boolean socket = now.includes(user) && doors.toSockets() == null;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("transport", socket ? "websocket" : "http");
    body.put("url", scheme + "://" + host(exchange) + SOCKET_PATH);
    body.putArray("subprotocols").add(Profile.SUBPROTOCOL);
    if (now.percent() == Math.rint(now.percent())) {
      body.put("rollout_percent", (int) now.percent());
    } else {
      body.put("rollout_percent", now.percent());
    }
    body.put("heartbeat_interval_ms", advice.heartbeatIntervalMs());
    body.put("reconnect_interval_ms", advice.reconnectIntervalMs());
    body.put("max_reconnect_attempts", advice.maxReconnectAttempts());
    exchange.answer(Answer.json(200, body));
  }

  private String host(Exchange exchange) {
    String host = exchange.header(HttpHeaderNames.HOST);
    return host == null || !host.matches("[A-Za-z0-9.:\\[\\]_-]{1,255}") ? ownHost : host;
  }
}
