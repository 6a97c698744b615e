package dev.holdfast.scenarios.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Asks {@code GET /api/transport} of a server, and sets {@code /admin/rollout} where it may. */
public final class HttpTransports implements Transports, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Of tens of thousands of questions one may meet a limit or a lost connection. */
  private static final int ATTEMPTS = 3;

  private static final long PAUSE_MS = 100;

  private final URI http;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  public HttpTransports(URI http) {
    this.http = http;
  }

  @Override
  public boolean websocket(String userId, String sessionId)
      throws IOException, InterruptedException {
    String transport = ask(userId, sessionId).path("transport").asText();
    return switch (transport) {
      case "websocket" -> true;
      case "http" -> false;
      default ->
          throw new IOException(
              "GET /api/transport says transport '" + transport + "', not websocket or http");
    };
  }

  /** Whether the server has {@code /api/transport} at all. */
  public boolean offered() throws IOException, InterruptedException {
    HttpRequest question = question("anybody", "any").timeout(TIMEOUT).build();
    int status = client.send(question, BodyHandlers.discarding()).statusCode();
    return status != 404 && status != 405 && status != 501;
  }

  /** The percentage that the server says it is at, or {@link RolloutCheck#UNSAID}. */
  public double percent() throws IOException, InterruptedException {
    return ask("anybody", "any").path("rollout_percent").asDouble(RolloutCheck.UNSAID);
  }

  private JsonNode ask(String userId, String sessionId) throws IOException, InterruptedException {
    return send(question(userId, sessionId));
  }

  private HttpRequest.Builder question(String userId, String sessionId) {
    String query = "user_id=" + encoded(userId) + "&session_id=" + encoded(sessionId);
    return HttpRequest.newBuilder(http.resolve("/api/transport?" + query)).GET();
  }

  /** Sets the rollout of a server that lets this machine do so. */
  public void set(boolean enabled, double percent) throws IOException, InterruptedException {
    String body = String.format(Locale.ROOT, "{\"enabled\":%b,\"percent\":%s}", enabled, percent);
    send(
        HttpRequest.newBuilder(http.resolve("/admin/rollout"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body)));
  }

  private JsonNode send(HttpRequest.Builder builder) throws IOException, InterruptedException {
    HttpRequest request = builder.timeout(TIMEOUT).build();
    HttpResponse<String> response = patiently(request);
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          request.method() + " " + request.uri().getPath() + " answers " + response.statusCode());
    }
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new IOException(request.uri().getPath() + " answers no JSON", e);
    }
  }

  /** Asks again, a little later, where that may help. */
  private HttpResponse<String> patiently(HttpRequest request)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        int status = response.statusCode();
        if (attempt == ATTEMPTS || (status != 429 && status != 503)) {
          return response;
        }
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new IOException(
              request.method() + " " + request.uri().getPath() + " is not answered: " + e, e);
        }
      }
      Thread.sleep(PAUSE_MS << (2 * attempt));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
