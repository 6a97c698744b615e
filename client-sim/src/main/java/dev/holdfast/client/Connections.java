package dev.holdfast.client;

import dev.holdfast.client.websocket.Link;
import dev.holdfast.client.websocket.LinkListener;
import dev.holdfast.client.websocket.Links;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One client's WebSockets by the numbers that the core gave them, and the plug they hang on. */
final class Connections {
  private final ClientOptions options;
  private final Links links;
  private final Events events;
  private final Map<Integer, Link> open = new ConcurrentHashMap<>();
  private volatile boolean unplugged;

  /** What happens on connections; told from their own threads. */
  interface Events {
    void happened(ClientInput input);

    void arrived(int connection, String text, long nanos);
  }

  Connections(ClientOptions options, Links links, Events events) {
    this.options = options;
    this.links = links;
    this.events = events;
  }

  void dial(ClientOutput.Open wanted) {
    int connection = wanted.connection();
    if (unplugged) {
      events.happened(new ClientInput.Refused(connection, ClientInput.Refused.UNREACHED, 0));
      return;
    }
    Link link =
        links.dial(
            uri(wanted.sessionId()), wanted.offerResume(), options.access(), hearing(connection));
    open.put(connection, link);
    var unused = link.done().thenRun(() -> open.remove(connection, link));
  }

  /** Whether the text was taken; {@code lost} is run when it turns out later that it was not. */
  boolean send(int connection, String text, Runnable lost) {
    Link link = open.get(connection);
    return link != null && link.send(text, lost);
  }

  /** Politely; what is still dialing is abandoned. */
  void leave(int connection, int code, String reason) {
    Link link = open.get(connection);
    if (link != null) {
      link.close(code, reason);
    }
  }

  void unplug() {
    unplugged = true;
    abandonAll();
  }

  void plugIn() {
    unplugged = false;
  }

  boolean unplugged() {
    return unplugged;
  }

  /** Without a word to either side. */
  void abandonAll() {
    open.values().forEach(Link::abandon);
  }

  /** Completes when no socket is open any more. */
  CompletableFuture<@Nullable Void> done() {
    return CompletableFuture.allOf(
        open.values().stream().map(Link::done).toArray(CompletableFuture<?>[]::new));
  }

  private URI uri(@Nullable String sessionId) {
    StringBuilder url = new StringBuilder(options.wsUrl().toString());
    url.append(options.wsUrl().getRawQuery() == null ? '?' : '&');
    if (sessionId != null) {
      url.append("session_id=").append(encoded(sessionId)).append('&');
    }
    return URI.create(url.append("user_id=").append(encoded(options.userId())).toString());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private LinkListener hearing(int connection) {
    return new LinkListener() {
      @Override
      public void opened(boolean subprotocolAccepted) {
        events.happened(new ClientInput.Opened(connection, subprotocolAccepted));
      }

      @Override
      public void refused(int status, long retryAfterMs) {
        events.happened(new ClientInput.Refused(connection, status, retryAfterMs));
      }

      @Override
      public void received(String text, long nanos) {
        events.arrived(connection, text, nanos);
      }

      @Override
      public void closed(int code, String reason) {
        events.happened(new ClientInput.Closed(connection, code, reason));
      }
    };
  }
}
