package dev.holdfast.server.metrics;

import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.FrameType;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.AuditEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * What one server counts.
 *
 * <p>Most of it is read off the audit entries, so that the two cannot tell different stories.
 */
public final class ServerMetrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<FrameType, Counter> framesOut = new EnumMap<>(FrameType.class);
  private final Counter framesIn = counter("holdfast.frames.in", "Texts read from sockets");
  private final Counter duplicates =
      counter("holdfast.duplicates", "Messages whose id was claimed before");
  private final Timer connectionTime =
      Timer.builder("holdfast.connection")
          .description("How long connections lasted")
          .register(registry);

  public ServerMetrics() {
    Gauge.builder("holdfast.connections", connections, AtomicInteger::get)
        .description("WebSockets open now")
        .register(registry);
    for (FrameType type : FrameType.values()) {
      framesOut.put(
          type, counter("holdfast.frames.out", "Frames handed to sockets", "type", type.word()));
    }
  }

  private Counter counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  public void watchSessions(IntSupplier count) {
    Gauge.builder("holdfast.sessions", count, IntSupplier::getAsInt)
        .description("Sessions in memory")
        .strongReference(true)
        .register(registry);
  }

  public void connectionOpened() {
    connections.incrementAndGet();
  }

  public void connectionClosed(long nanos) {
    connections.decrementAndGet();
    connectionTime.record(Duration.ofNanos(nanos));
  }

  public int connections() {
    return connections.get();
  }

  public void received() {
    framesIn.increment();
  }

  public void sent(Frame frame) {
    Counter counter = framesOut.get(frame.type());
    if (counter != null) {
      counter.increment();
    }
    if (frame.body() instanceof Status.Ack ack && ack.duplicate()) {
      duplicates.increment();
    }
  }

  public void refused(String reason) {
    counter("holdfast.handshakes.refused", "Handshakes refused", "reason", reason).increment();
  }

  /** Counts what an audit entry tells. */
  public void saw(AuditEvent event) {
    switch (event.event()) {
      case AuditEvent.RUN_ENDED -> runEnded(event);
      case AuditEvent.HEARTBEAT_TIMEOUT ->
          counter("holdfast.heartbeat.timeouts", "Connections left for their silence").increment();
      case AuditEvent.RESUME, AuditEvent.RESET, AuditEvent.CONNECT ->
          counter("holdfast.greetings", "Connections greeted", "outcome", event.event())
              .increment();
      case AuditEvent.TAKEOVER ->
          counter("holdfast.takeovers", "Connections superseded by a newer one").increment();
      case AuditEvent.MESSAGE_ACCEPTED, AuditEvent.HTTP_CHAT ->
          counter("holdfast.messages.accepted", "Messages accepted", "path", event.event())
              .increment();
      case AuditEvent.MESSAGE_REFUSED ->
          counter("holdfast.messages.refused", "Messages refused", "code", text(event, "error"))
              .increment();
      case AuditEvent.PROTOCOL_ERROR ->
          counter("holdfast.protocol.errors", "Mistakes of peers").increment();
      case AuditEvent.DISCONNECT ->
          counter("holdfast.disconnects", "Connections ended", "code", code(event)).increment();
      default -> {}
    }
  }

  private void runEnded(AuditEvent event) {
    String error = text(event, "error");
    String result = error.isEmpty() ? text(event, "result") : error;
    Timer timer =
        Timer.builder("holdfast.runs")
            .description("From a message accepted to its terminal frame")
            .tag("result", result)
            .publishPercentileHistogram()
            .register(registry);
    if (event.fields().get("duration_ms") instanceof Number ms) {
      timer.record(Duration.ofMillis(ms.longValue()));
    }
  }

  /** A peer may invent codes; only those that mean something become a label of their own. */
  private static String code(AuditEvent event) {
    if (event.fields().get("code") instanceof Integer code) {
      boolean known = (code >= 1000 && code <= 1015) || (code >= 4000 && code <= 4299);
      return known ? Integer.toString(code) : "other";
    }
    return "none";
  }

  private static String text(AuditEvent event, String field) {
    return event.fields().get(field) instanceof String text ? text : "";
  }

  /** The text that Prometheus reads. */
  public String scrape() {
    return registry.scrape();
  }
}
