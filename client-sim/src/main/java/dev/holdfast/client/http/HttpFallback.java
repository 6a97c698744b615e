package dev.holdfast.client.http;

import dev.holdfast.client.access.Access;
import dev.holdfast.protocol.client.ClientInput.PostResult;
import dev.holdfast.protocol.codec.JsonText;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One person's way over HTTP. Each question gets exactly one answer, within its time; no call
 * blocks or throws.
 */
public final class HttpFallback {
  private static final long TRANSPORT_TIMEOUT_MS = 5_000;

  private final Supplier<HttpClient> client;
  private final URI base;
  private final String userId;
  private final Access access;
  private final AtomicLong sent = new AtomicLong();
  private final Map<Long, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

  /** What a message is posted with; tokens stay out of logs. */
  public record Chat(
      String id, String content, @Nullable String sessionId, @Nullable String token) {
    @Override
    public String toString() {
      return "Chat[" + id + "]";
    }
  }

  /**
   * @param base where {@code /api/…} begins
   */
  public HttpFallback(Supplier<HttpClient> client, URI base, String userId) {
    this(client, base, userId, Access.NONE);
  }

  /**
   * The same of a server that needs more than its address.
   *
   * @param base where {@code /api/…} begins
   */
  public HttpFallback(Supplier<HttpClient> client, URI base, String userId, Access access) {
    this.access = access;
    this.client = client;
    this.base = base;
    this.userId = userId;
  }

  /** {@code GET /api/transport}: true for WebSocket, false for HTTP, null without an answer. */
  public void ask(Consumer<@Nullable Boolean> answer) {
    String path = "/api/transport?user_id=" + URLEncoder.encode(userId, StandardCharsets.UTF_8);
    send(
        access.on(HttpRequest.newBuilder(at(path)).GET(), List.of()),
        TRANSPORT_TIMEOUT_MS,
        response ->
            answer.accept(
                response == null
                    ? null
                    : ChatAnswer.websocket(response.statusCode(), response.body())));
  }

  /** {@code POST /api/chat}, answered when the run has ended. */
  public void post(Chat chat, long timeoutMs, Consumer<PostResult> answer) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at("/api/chat"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body(chat)));
    if (chat.token() != null) {
      request.header("Authorization", "Bearer " + chat.token());
    }
    List<String> own = List.of("Content-Type", "Authorization");
    access.on(request, chat.token() == null ? own.subList(0, 1) : own);
    send(request, timeoutMs, response -> answer.accept(read(chat, response)));
  }

  /** Gives up all that is under way: each is answered as if nothing had come back. */
  public void cancel() {
    underWay.values().forEach(exchange -> exchange.cancel(true));
  }

  private String body(Chat chat) {
    JsonText body = new JsonText().object().field("message", chat.content());
    body.field("session_id", chat.sessionId()).field("user_id", userId).field("id", chat.id());
    return body.endObject().toString();
  }

  private static PostResult read(Chat chat, @Nullable HttpResponse<String> response) {
    if (response == null) {
      return new PostResult.Failed(0);
    }
    String retryAfter = response.headers().firstValue("Retry-After").orElse(null);
    return ChatAnswer.read(chat.id(), response.statusCode(), retryAfter, response.body());
  }

  private URI at(String path) {
    String start = base.toString();
    return URI.create(
        (start.endsWith("/") ? start.substring(0, start.length() - 1) : start) + path);
  }

  /** The answer is null when nothing, or too much, came back in time. */
  private void send(
      HttpRequest.Builder request,
      long timeoutMs,
      Consumer<@Nullable HttpResponse<String>> answer) {
    long number = sent.incrementAndGet();
    CompletableFuture<HttpResponse<String>> exchange =
        client.get().sendAsync(request.build(), info -> new BoundedText());
    underWay.put(number, exchange);
    var unused =
        exchange
            .copy()
            .orTimeout(timeoutMs, TimeUnit.MILLISECONDS)
            .whenComplete((response, failed) -> {
              underWay.remove(number);
              exchange.cancel(true);
              answer.accept(failed == null ? response : null);
            });
  }
}
