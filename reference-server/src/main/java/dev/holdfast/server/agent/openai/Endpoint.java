package dev.holdfast.server.agent.openai;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The model's address: one question, one stream of its answer; asked again when it is busy. */
final class Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int SERVER_FAULT = 500;

  private final URI address;
  private final @Nullable String key;
  private final Patience patience;
  private final HttpClient http;

  Endpoint(URI base, @Nullable String key, Patience patience) {
    String text = base.toString();
    address = URI.create(text + (text.endsWith("/") ? "" : "/") + "chat/completions");
    this.key = key;
    this.patience = patience;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(patience.answerMs()))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /** Asks, and gives the stream of server-sent events that answers. */
  InputStream ask(String question) throws Trouble, InterruptedException {
    long delay = patience.retryMs();
    for (int attempt = 1; ; attempt++) {
      HttpResponse<InputStream> answer = send(question);
      if (answer.statusCode() == OK) {
        return answer.body();
      }
      close(answer.body());
      LOG.warn("event=model_refused status={} attempt={}", answer.statusCode(), attempt);
      boolean busy = answer.statusCode() == TOO_MANY || answer.statusCode() >= SERVER_FAULT;
      if (!busy || attempt >= patience.attempts()) {
        throw new Trouble(words(answer.statusCode()));
      }
      TimeUnit.MILLISECONDS.sleep(Math.min(wished(answer, delay), patience.mostRetryMs()));
      delay *= 2;
    }
  }

  private static String words(int status) {
    return switch (status) {
      case TOO_MANY -> "The model is too busy; try again later.";
      case 401, 403 -> "The model refused this server's credentials.";
      case 404 -> "There is no such model.";
      default -> "The model could not be asked (HTTP " + status + ").";
    };
  }

  private static long wished(HttpResponse<?> answer, long otherwise) {
    String seconds = answer.headers().firstValue("Retry-After").orElse("");
    return seconds.matches("[0-9]{1,6}") ? Long.parseLong(seconds) * 1_000 : otherwise;
  }

  private HttpResponse<InputStream> send(String question) throws Trouble, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofMillis(patience.answerMs()))
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(question));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      throw new Trouble("The model did not answer in time.");
    } catch (IOException e) {
      LOG.warn("event=model_unreached reason={}", e.getClass().getSimpleName());
      throw new Trouble("The model cannot be reached.");
    }
  }

  static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      LOG.debug("event=model_stream_close_failed", e);
    }
  }
}
