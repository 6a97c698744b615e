package dev.holdfast.server.metrics;

import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.FrameType;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.AuditField;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * What one server counts.
 *
 * <p>Most of it is read off the audit entries, so that the two cannot tell different stories.
 */
public final class ServerMetrics {
  private static final String SLOW = String.valueOf(CloseCode.SLOW_CONSUMER);

  /** What a person waits for. */
  public enum Wait {
    FIRST_STATUS("first.status", "From a message's receipt to the first status of its run"),
    FIRST_TOKEN("first.token", "From a message's receipt to the first piece of its answer"),
    TERMINAL("terminal", "From a message's receipt to the terminal frame of its run");

    private final String word;
    private final String says;

    Wait(String word, String says) {
      this.word = word;
      this.says = says;
    }
  }

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<FrameType, Counter> framesOut = new EnumMap<>(FrameType.class);
  private final Map<Wait, Timer> waits = new EnumMap<>(Wait.class);
  private final Map<String, Timer> runTimes = new ConcurrentHashMap<>();
  private final Map<String, Counter> accepted = new ConcurrentHashMap<>();
  private final Counter slowConsumers =
      counter("holdfast.slow.consumers", "Connections closed because they did not read");
  private final Counter heartbeatTimeouts =
      counter("holdfast.heartbeat.timeouts", "Connections left for their silence");
  private final DistributionSummary clientQueue =
      DistributionSummary.builder("holdfast.client.queue")
          .description("Messages that clients said were waiting with them")
          .register(registry);
  private final Timer storeTime =
      Timer.builder("holdfast.store.commit")
          .description("How long commits of the store took")
          .register(registry);
  private final DistributionSummary storedSessions =
      DistributionSummary.builder("holdfast.store.group")
          .description("Sessions that were committed together")
          .register(registry);
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
    for (Wait wait : Wait.values()) {
      waits.put(wait, timer("holdfast.wait." + wait.word, wait.says));
    }
    for (String outcome : new String[] {AuditEvent.CONNECT, AuditEvent.RESUME, AuditEvent.RESET}) {
      greeted(outcome, "none").increment(0);
    }
    pushes("").increment(0);
    for (FrameType type : FrameType.values()) {
      framesOut.put(
          type, counter("holdfast.frames.out", "Frames handed to sockets", "type", type.word()));
    }
  }

  private Counter counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofSeconds(60))
        .register(registry);
  }

  /** A timer for each way in which runs end: there are as many as there are codes of errors. */
  private Timer runs(String result) {
    return runTimes.computeIfAbsent(
        result,
        r ->
            Timer.builder("holdfast.runs")
                .description("From a message accepted to its terminal frame")
                .tag("result", r)
                .publishPercentileHistogram()
                .register(registry));
  }

  private Counter accepted(String path) {
    return accepted.computeIfAbsent(
        path, p -> counter("holdfast.messages.accepted", "Messages accepted", "path", p));
  }

  private Counter greeted(String outcome, String reason) {
    return counter(
        "holdfast.greetings", "Connections greeted", "outcome", outcome, "reason", reason);
  }

  private Counter pushes(String refused) {
    return counter(
        "holdfast.pushes",
        "Pushes taken, or refused by why",
        "result",
        refused.isEmpty() ? "taken" : refused);
  }

  public void watchSessions(IntSupplier count) {
    watch("holdfast.sessions", "Sessions in memory", count::getAsInt);
  }

  /** What waits for clients that may come back, summed over all sessions when asked. */
  public void watchRetention(LongSupplier frames, LongSupplier bytes) {
    watch("holdfast.retained.frames", "Frames kept for a replay", frames);
    watch("holdfast.retained.bytes", "Bytes kept for a replay, about", bytes);
  }

  private void watch(String name, String description, LongSupplier value) {
    Gauge.builder(name, value, v -> (double) v.getAsLong())
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  public void waited(Wait what, long nanos) {
    Timer timer = waits.get(what);
    if (timer != null) {
      timer.record(Duration.ofNanos(nanos));
    }
  }

  /** A client said how much waits with it. */
  public void clientQueue(long queued) {
    clientQueue.record((double) queued);
  }

  /** A commit of the store took so long. */
  public void stored(long nanos, int sessions) {
    storeTime.record(Duration.ofNanos(nanos));
    storedSessions.record(sessions);
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
      case AuditEvent.HEARTBEAT_TIMEOUT -> heartbeatTimeouts.increment();
      case AuditEvent.RESUME, AuditEvent.RESET, AuditEvent.CONNECT ->
          greeted(event.event(), reason(event)).increment();
      case AuditEvent.TAKEOVER ->
          counter("holdfast.takeovers", "Connections superseded by a newer one").increment();
      case AuditEvent.MESSAGE_ACCEPTED, AuditEvent.HTTP_CHAT -> accepted(event.event()).increment();
      case AuditEvent.MESSAGE_REFUSED ->
          counter(
                  "holdfast.messages.refused",
                  "Messages refused",
                  "code",
                  text(event, AuditField.ERROR))
              .increment();
      case AuditEvent.PUSH -> pushes(text(event, AuditField.ERROR)).increment();
      case AuditEvent.PROTOCOL_ERROR ->
          counter("holdfast.protocol.errors", "Mistakes of peers").increment();
      case AuditEvent.DISCONNECT -> disconnected(code(event));
      default -> {}
    }
  }

  private void disconnected(String code) {
    counter("holdfast.disconnects", "Connections ended", "code", code).increment();
    if (code.equals(SLOW)) {
      slowConsumers.increment();
    }
  }

  /** Why a session was reset. */
  private static String reason(AuditEvent event) {
    String reason = text(event, AuditField.RESULT).toLowerCase(Locale.ROOT);
    return reason.isEmpty() ? "none" : reason;
  }

  private void runEnded(AuditEvent event) {
    String error = text(event, AuditField.ERROR);
    String result = error.isEmpty() ? text(event, AuditField.RESULT) : error;
    if (event.fields().get(AuditField.DURATION_MS) instanceof Number ms) {
      runs(result).record(Duration.ofMillis(ms.longValue()));
    }
  }

  /** A peer may invent codes; only those that mean something become a label of their own. */
  private static String code(AuditEvent event) {
    if (event.fields().get(AuditField.CODE) instanceof Integer code) {
      boolean known = (code >= 1000 && code <= 1015) || (code >= 4000 && code <= 4299);
      return known ? Integer.toString(code) : "other";
    }
    return "none";
  }

  private static String text(AuditEvent event, AuditField field) {
    return event.fields().get(field) instanceof String text ? text : "";
  }

  /** The text that Prometheus reads. */
  public String scrape() {
    return registry.scrape();
  }
}
