package dev.holdfast.scenarios.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.client.access.Access;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Asks {@code GET /api/transport} of a server, and sets {@code /admin/rollout} where it may.
 *
 * <p>A census asks tens of thousands of times; the older of Java's two HTTP clients does so for
 * about two thirds of the other's time.
 */
public final class HttpTransports implements Transports {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMEOUT_MS = 10_000;
  private static final int MOST_BYTES = 1 << 20;

  /** Of so many questions one may meet a limit or a lost connection. */
  private static final int ATTEMPTS = 3;

  private static final long PAUSE_MS = 100;

  private final URI http;
  private final Access access;

  /** What came back. */
  private record Answer(int status, byte[] body) {
    boolean isBusy() {
      return status == 429 || status == 503;
    }
  }

  public HttpTransports(URI http) {
    this(http, Access.NONE);
  }

  /** Asks a server that needs more than its address. */
  public HttpTransports(URI http, Access access) {
    this.http = http;
    this.access = access;
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
    int status = patiently("GET", question("anybody", "any"), null).status();
    return status != 404 && status != 405 && status != 501;
  }

  /** The percentage that the server says it is at, or {@link RolloutCheck#UNSAID}. */
  public double percent() throws IOException, InterruptedException {
    return ask("anybody", "any").path("rollout_percent").asDouble(RolloutCheck.UNSAID);
  }

  private JsonNode ask(String userId, String sessionId) throws IOException, InterruptedException {
    return said("GET", question(userId, sessionId), null);
  }

  private URI question(String userId, String sessionId) {
    String query = "user_id=" + encoded(userId) + "&session_id=" + encoded(sessionId);
    return http.resolve("/api/transport?" + query);
  }

  /** Sets the rollout of a server that lets this machine do so. */
  public void set(boolean enabled, double percent) throws IOException, InterruptedException {
    String body = String.format(Locale.ROOT, "{\"enabled\":%b,\"percent\":%s}", enabled, percent);
    said("PUT", http.resolve("/admin/rollout"), body);
  }

  private JsonNode said(String method, URI at, @Nullable String body)
      throws IOException, InterruptedException {
    Answer answer = patiently(method, at, body);
    if (answer.status() / 100 != 2) {
      throw new IOException(method + " " + at.getPath() + " answers " + answer.status());
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new IOException(at.getPath() + " answers no JSON", e);
    }
  }

  /** Asks again, a little later, where that may help. */
  private Answer patiently(String method, URI at, @Nullable String body)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        Answer answer = once(method, at, body);
        if (attempt == ATTEMPTS || !answer.isBusy()) {
          return answer;
        }
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new IOException(method + " " + at.getPath() + " is not answered: " + e, e);
        }
      }
      Thread.sleep(PAUSE_MS << (2 * attempt));
    }
  }

  private Answer once(String method, URI at, @Nullable String body) throws IOException {
    var asking = (HttpURLConnection) at.toURL().openConnection();
    asking.setRequestMethod(method);
    asking.setConnectTimeout(TIMEOUT_MS);
    asking.setReadTimeout(TIMEOUT_MS);
    asking.setInstanceFollowRedirects(false);
    access.on(asking);
    if (body != null) {
      asking.setDoOutput(true);
      asking.setRequestProperty("Content-Type", "application/json");
      try (OutputStream out = asking.getOutputStream()) {
        out.write(body.getBytes(StandardCharsets.UTF_8));
      }
    }
    int status = asking.getResponseCode();
    // Read to its end, the connection serves the next question too.
    try (InputStream in = status < 400 ? asking.getInputStream() : asking.getErrorStream()) {
      return new Answer(status, in == null ? new byte[0] : in.readNBytes(MOST_BYTES));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
