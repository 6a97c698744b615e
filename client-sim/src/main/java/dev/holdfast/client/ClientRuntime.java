package dev.holdfast.client;

import dev.holdfast.client.websocket.Links;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * What all clients of a JVM share: one dialer, one HTTP client and one thread for timers.
 *
 * <p>It lives as long as the JVM, on daemon threads; each client releases what it took from it.
 */
final class ClientRuntime {
  private static final Duration HTTP_CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private static final ClientRuntime SHARED = new ClientRuntime();

  private final ScheduledExecutorService timers = timerThread();
  private final Links links = new Links(timers);

  /**
   * Made when somebody first speaks HTTP: it reads all trusted certificates, which most never need.
   */
  private static final class Http {
    static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(HTTP_CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  private ClientRuntime() {}

  static ClientRuntime shared() {
    return SHARED;
  }

  /** Timers only hand over; nothing that takes time may run on them. */
  ScheduledExecutorService timers() {
    return timers;
  }

  Links links() {
    return links;
  }

  HttpClient http() {
    return Http.CLIENT;
  }

  private static ScheduledExecutorService timerThread() {
    var timers =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("holdfast-client-timers").factory());
    timers.setRemoveOnCancelPolicy(true);
    return timers;
  }
}
