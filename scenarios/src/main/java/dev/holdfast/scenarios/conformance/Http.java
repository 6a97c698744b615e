package dev.holdfast.scenarios.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.conformance.wire.WireLog;
import dev.holdfast.scenarios.model.Target;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The target's HTTP side, as a case speaks to it. */
public final class Http implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Target target;
  private final WireLog log;
  private final Function<String, @Nullable String> tokens;
  private volatile @Nullable HttpClient client;

  /**
   * The HTTP side of a target.
   *
   * @param tokens the resume token of a session, null where it has none
   */
  Http(Target target, WireLog log, Function<String, @Nullable String> tokens) {
    this.target = target;
    this.log = log;
    this.tokens = tokens;
  }

  /**
   * An answer on its way.
   *
   * @param cameMs when it came, in the log's milliseconds; 0 for not yet
   */
  public record Pending(
      String what, CompletableFuture<HttpResponse<String>> response, AtomicLong cameMs) {
    /** When the answer came, in the log's milliseconds; 0 before that. */
    public long answeredMs() {
      return cameMs.get();
    }

    /** The answer, which must end within 5 s. */
    public HttpResponse<String> get() throws Finds, InterruptedException {
      return get(TIMEOUT.toMillis());
    }

    /** The answer, which must end in time. */
    public HttpResponse<String> get(long withinMs) throws Finds, InterruptedException {
      try {
        return response.get(withinMs, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw Mismatch.absence(
            "an answer to " + what + " within " + withinMs + " ms", "none that ended");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof ConnectException) {
          throw new Unclear("nothing is listening for " + what + ": " + e.getCause());
        }
        throw Mismatch.absence("an answer to " + what, String.valueOf(e.getCause()));
      }
    }
  }

  /** GETs a path. */
  public HttpResponse<String> get(String path) throws Finds, InterruptedException {
    return send("GET", path, "").get();
  }

  /** GETs a path, which must answer 200 with a JSON object. */
  public JsonNode json(String path) throws Finds, InterruptedException {
    return object("GET " + path, get(path), 200);
  }

  /** The JSON object in an answer that must have this status. */
  public static JsonNode object(String what, HttpResponse<String> response, int status)
      throws Finds {
    JsonNode body = Json.readOrNull(response.body());
    if (response.statusCode() != status || body == null || !body.isObject()) {
      String seen = response.statusCode() + " " + cut(response.body());
      throw new Mismatch(what + " to answer " + status + " with a JSON object", seen);
    }
    return body;
  }

  /**
   * Proves that a request without a bearer can be sent.
   *
   * @throws Inapplicable if the target declares an Authorization, which each request carries
   */
  public void sendsNoBearer() throws Inapplicable {
    if (target.access().declares("Authorization")) {
      throw new Inapplicable(
          "target.headers declares Authorization, so no request is without a bearer");
    }
  }

  /** Posts a chat message; names and values of more headers in turn. */
  public Pending chat(ObjectNode message, String... headers) {
    String token = tokens.apply(message.path("session_id").asText());
    String[] shown =
        token == null || headers.length > 0
            ? headers
            : new String[] {"Authorization", "Bearer " + token};
    return send("POST", "/api/chat", message.toString(), shown);
  }

  /** A body for {@link #chat}. */
  public static ObjectNode message(String session, String content) {
    return Json.object().put("message", content).put("session_id", session);
  }

  /** Sends a request; an empty body sends none. */
  public Pending send(String method, String path, String body, String... headers) {
    URI base = target.http();
    if (base == null) {
      throw new IllegalStateException("the case must declare the endpoint that it needs");
    }
    var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(target.dialect().path(path))).method(method, publisher);
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    List<String> own = own(headers);
    target.access().on(request, own);
    String what = method + " " + path;
    log.note("http", what + target.access().replacedBy(own) + " " + cut(body));
    AtomicLong answeredMs = new AtomicLong();
    var response =
        client()
            .sendAsync(request.build(), ShortBody.handler())
            .whenComplete((answer, problem) -> {
              answeredMs.set(log.nowMs());
              String seen =
                  problem == null
                      ? answer.statusCode() + " " + cut(answer.body())
                      : "failed: " + problem;
              log.note("http", seen);
            });
    return new Pending(what, response, answeredMs);
  }

  /** The names of the headers that a case sets itself. */
  private static List<String> own(String... headers) {
    List<String> names = new ArrayList<>(List.of("Content-Type"));
    for (int i = 0; i < headers.length; i += 2) {
      names.add(headers[i]);
    }
    return names;
  }

  private static String cut(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }

  private HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      // The default would ask for HTTP/2 by an Upgrade header, which confuses servers here.
      made =
          target
              .access()
              .http(HttpClient.newBuilder())
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(TIMEOUT)
              .build();
      client = made;
    }
    return made;
  }

  @Override
  public void close() {
    HttpClient made = client;
    if (made != null) {
      made.shutdownNow();
    }
  }
}
