package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.server.Limits;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The reference server as a target: with all that it can do declared, and able to start anew. */
public final class ReferenceTarget implements AutoCloseable {
  /** One case floods it with pings to see its outbound limit; the limit on texts would hide it. */
  public static final Limits LIMITS = Limits.STANDARD.withMessagesPerSecond(1_000_000);

  private final Supplier<ServerOptions.Builder> options;
  private final @Nullable Path audit;
  private @Nullable Path declaredAudit;
  private ReferenceServer server;

  private ReferenceTarget(Supplier<ServerOptions.Builder> options, @Nullable Path audit)
      throws IOException {
    this.options = options;
    this.audit = audit;
    declaredAudit = audit;
    server = ReferenceServer.start(options.get().auditDirectory(audit).build());
  }

  /**
   * Starts it on a free loopback port.
   *
   * @param options asked at each start, without port and audit
   */
  public static ReferenceTarget start(Supplier<ServerOptions.Builder> options, @Nullable Path audit)
      throws IOException {
    return new ReferenceTarget(options, audit);
  }

  /** The same server, of which its owner says that its log is elsewhere. */
  public synchronized ReferenceTarget declaring(@Nullable Path otherAudit) {
    declaredAudit = otherAudit;
    return this;
  }

  /** As its owner would declare it. */
  public synchronized Target target() {
    URI url = URI.create(server().wsUrl());
    return Target.scripted(url, URI.create(server().httpUrl()), Profile.RESUME)
        .offering(ServerConfig.STANDARD.capabilities())
        .keeping(declaredAudit)
        .restartedBy(this::restart);
  }

  /** The server that runs now. */
  public synchronized ReferenceServer server() {
    return server;
  }

  private synchronized void restart(Map<String, String> environment) throws IOException {
    int port = server.port();
    server.kill();
    boolean enabled = !"false".equals(environment.get("ENABLE_WEBSOCKET"));
    String percent = environment.getOrDefault("WEBSOCKET_ROLLOUT_PERCENT", "100");
    server =
        ReferenceServer.start(
            options
                .get()
                .port(port)
                .auditDirectory(audit)
                .rollout(enabled, Double.parseDouble(percent))
                .build());
  }

  @Override
  public synchronized void close() {
    server.close();
  }
}
