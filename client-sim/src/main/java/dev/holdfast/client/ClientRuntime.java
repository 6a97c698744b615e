package dev.holdfast.client;

import dev.holdfast.client.access.Access;
import dev.holdfast.client.access.Trust;
import dev.holdfast.client.websocket.Links;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<Trust, HttpClient> trusting = new ConcurrentHashMap<>();

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
  HttpClient http(@Nullable String scheme, Access access) {
    if ("http".equalsIgnoreCase(scheme)) {
      return Plain.CLIENT;
    }
    return access.trust().equals(Trust.SYSTEM)
        ? Encrypted.CLIENT
        : trusting.computeIfAbsent(access.trust(), t -> access.http(http()).build());
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
