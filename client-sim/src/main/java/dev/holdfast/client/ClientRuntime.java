package dev.holdfast.client;

import dev.holdfast.client.websocket.Links;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What all clients of a JVM share: one dialer, an HTTP client and one thread for timers.
 *
 * <p>It lives as long as the JVM, on daemon threads; each client releases what it took from it.
 */
final class ClientRuntime {
  private static final Duration HTTP_CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private static final ClientRuntime SHARED = new ClientRuntime();

  private final ScheduledExecutorService timers = timerThread();
  private final Links links = new Links(timers);

  /** Made when somebody first speaks HTTP, which most never do. */
  private static final class Plain {
    static final HttpClient CLIENT = http().sslContext(trustingNobody()).build();

    /** What is not encrypted needs none of the system's certificates, which take long to read. */
    private static SSLContext trustingNobody() {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[0], null);
        return context;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JVM has TLS", e);
      }
    }
  }

  /** The same with the certificates that the system trusts. */
  private static final class Encrypted {
    static final HttpClient CLIENT = http().build();
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

  /** For a server that is spoken to under this scheme. */
  HttpClient http(@Nullable String scheme) {
    return "http".equalsIgnoreCase(scheme) ? Plain.CLIENT : Encrypted.CLIENT;
  }

  private static HttpClient.Builder http() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(HTTP_CONNECT_TIMEOUT)
        .executor(Executors.newVirtualThreadPerTaskExecutor());
  }

  private static ScheduledExecutorService timerThread() {
    var timers =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("holdfast-client-timers").factory());
    timers.setRemoveOnCancelPolicy(true);
    return timers;
  }
}
