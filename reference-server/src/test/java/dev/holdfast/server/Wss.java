package dev.holdfast.server;

import dev.holdfast.protocol.testing.PatientWaits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket over TLS, by the JDK's own client. */
final class Wss implements AutoCloseable {
  private final CompletableFuture<String> first = new CompletableFuture<>();
  private final WebSocket socket;

  Wss(HttpClient http, int port) {
    var listener =
        new WebSocket.Listener() {
          @Override
          public @Nullable CompletionStage<?> onText(
              WebSocket from, CharSequence data, boolean last) {
            first.complete(data.toString());
            from.request(1);
            return null;
          }
        };
    URI uri = URI.create("wss://localhost:" + port + "/ws/chat?session_id=s-1");
    socket = http.newWebSocketBuilder().buildAsync(uri, listener).join();
  }

  String first() throws Exception {
    return first.get(PatientWaits.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
