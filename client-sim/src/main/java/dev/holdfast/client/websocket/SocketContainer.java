package dev.holdfast.client.websocket;

import dev.holdfast.client.access.Access;
import dev.holdfast.client.http.RetryAfter;
import dev.holdfast.protocol.client.ClientInput.Refused;
import jakarta.websocket.ClientEndpointConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.glassfish.tyrus.core.CloseReasons;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.spi.ClientContainer;
import org.glassfish.tyrus.spi.ClientEngine;
import org.glassfish.tyrus.spi.ClientEngine.ClientUpgradeStatus;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.UpgradeRequest;

/**
 * The sockets under Tyrus's client engine: one blocking socket and one virtual thread a connection.
 *
 * <p>Tyrus finds it by its class name. Its own JDK container cannot serve here: a connection that
 * ends during the handshake, which is what a proxy with a dead server looks like, is noticed only
 * by its handshake timeout; a connection cannot be ended without a close frame, nor a hanging
 * handshake before its timeout; and a close waits behind a write that never ends.
 */
public final class SocketContainer implements ClientContainer {
  /** Under this name an endpoint's configuration carries its {@link Link}. */
  static final String LINK = "dev.holdfast.client.link";

  /** Thousands of connections wait at once, each with its buffer; most frames are small. */
  private static final int READ_BYTES = 2_048;

  /** Made by Tyrus. */
  public SocketContainer() {}

  @Override
  public void openClientSocket(
      ClientEndpointConfig config, Map<String, Object> properties, ClientEngine engine)
      throws IOException {
    Link link = (Link) config.getUserProperties().get(LINK);
    if (link == null) {
      throw new IOException("only " + Links.class.getSimpleName() + " dials through this");
    }
    Wire wire = link.wire();
    UpgradeRequest request = engine.createUpgradeRequest(wire::drop);
    connect(wire, request.getRequestURI(), link.access());
    wire.output().write(head(request, link.access()).getBytes(StandardCharsets.ISO_8859_1));
    TyrusUpgradeResponse response = ResponseHead.read(wire.input());
    Connection connection = upgrade(wire, engine, config, response);
    Thread.ofVirtual().name("holdfast-read").start(() -> readAll(wire, connection, link));
  }

  private static void connect(Wire wire, URI uri, Access access) throws IOException {
    try {
      wire.connect(uri);
    } catch (IOException e) {
      throw new HandshakeRefused(Refused.UNREACHED, 0, "nothing is listening: " + e.getMessage());
    }
    if ("wss".equalsIgnoreCase(uri.getScheme())) {
      wire.startTls(uri, access);
    }
  }

  /** Without Tyrus's Origin, which it makes up; the access may have one. */
  private static String head(UpgradeRequest request, Access access) {
    URI uri = request.getRequestURI();
    StringBuilder head = new StringBuilder("GET ");
    head.append(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
    if (uri.getRawQuery() != null) {
      head.append('?').append(uri.getRawQuery());
    }
    head.append(" HTTP/1.1\r\n");
    head.append("Host: ").append(access.authority(uri)).append("\r\n");
    Set<String> own = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    own.addAll(request.getHeaders().keySet());
    own.remove(UpgradeRequest.ORIGIN_HEADER);
    access
        .headersBut(own)
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    for (Map.Entry<String, List<String>> header : request.getHeaders().entrySet()) {
      if (own.contains(header.getKey()) && !header.getKey().equalsIgnoreCase("Host")) {
        head.append(header.getKey()).append(": ");
        head.append(String.join(", ", header.getValue())).append("\r\n");
      }
    }
    return head.append("\r\n").toString();
  }

  private static Connection upgrade(
      Wire wire, ClientEngine engine, ClientEndpointConfig config, TyrusUpgradeResponse response)
      throws HandshakeRefused {
    if (response.getStatus() != 101) {
      long retryAfterMs = RetryAfter.millis(response.getFirstHeaderValue("Retry-After"));
      throw new HandshakeRefused(response.getStatus(), retryAfterMs, "not upgraded");
    }
    String chosen = response.getFirstHeaderValue(UpgradeRequest.SEC_WEBSOCKET_PROTOCOL);
    if (chosen != null && !config.getPreferredSubprotocols().contains(chosen)) {
      throw new HandshakeRefused(Refused.NO_ANSWER, 0, "a subprotocol that was not offered");
    }
    var upgraded = engine.processResponse(response, new SendQueue(wire), reason -> wire.drop());
    if (upgraded.getUpgradeStatus() != ClientUpgradeStatus.SUCCESS) {
      throw new HandshakeRefused(Refused.NO_ANSWER, 0, "not a valid upgrade");
    }
    return upgraded.createConnection();
  }

  /** Until the wire ends; what comes after a close frame is read away, so that no reset follows. */
  private static void readAll(Wire wire, Connection connection, Link link) {
    try {
      wire.established(); // It may be gone by now: a first write has met a reset.
      byte[] buffer = new byte[READ_BYTES];
      int count = wire.input().read(buffer);
      while (count >= 0) {
        connection.getReadHandler().handle(ByteBuffer.wrap(buffer, 0, count));
        count = wire.input().read(buffer);
      }
    } catch (IOException e) {
      // A connection that breaks is a connection that ends.
    } finally {
      link.ended(1006, "");
      connection.close(CloseReasons.CLOSED_ABNORMALLY.getCloseReason());
      wire.drop();
    }
  }
}
