package dev.holdfast.server;

import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.agent.ScriptedAgent;
import dev.holdfast.server.inspect.FaultPanel;
import dev.holdfast.server.rollout.Rollout;
import dev.holdfast.server.store.SqliteStore;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How one server is to be run.
 *
 * @param port 0 takes a free one
 * @param config the limits and intervals of the protocol
 * @param auditDirectory where audit files go; null keeps none
 * @param storeFile the SQLite file that sessions are kept in; null keeps them in memory alone
 * @param durability what a commit to that file waits for
 * @param adminToken what administrators show; null lets this machine alone administer
 * @param accessToken what everybody must show at handshakes and posts; null asks for nothing
 * @param tls the certificate to serve with; null serves in the clear
 * @param misbehaviour wraps each session's machine; identity for a good server
 * @param drainMs how long runs may go on after the server was told to stop or drain
 * @param retryAfterMs what drained clients are asked to wait
 * @param reconnectIntervalMs what {@code /api/transport} recommends, as the next one
 * @param inspection the buttons of {@code /inspect}; null serves no such page
 * @param allowedOrigins web pages that may talk to it beside its own and those of this machine
 */
public record ServerOptions(
    String host,
    int port,
    ServerConfig config,
    Limits limits,
    Agent agent,
    @Nullable Path auditDirectory,
    @Nullable Path storeFile,
    SqliteStore.Durability durability,
    Rollout rollout,
    @Nullable String adminToken,
    @Nullable String accessToken,
    @Nullable Tls tls,
    UnaryOperator<ServerStep> misbehaviour,
    long drainMs,
    long retryAfterMs,
    long reconnectIntervalMs,
    int maxReconnectAttempts,
    @Nullable FaultPanel inspection,
    Set<String> allowedOrigins) {

  public ServerOptions {
    allowedOrigins = Set.copyOf(allowedOrigins);
  }

  /** Loopback, a free port, a scripted agent, everything in memory. */
  public static Builder builder() {
    return new Builder();
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "ServerOptions[" + host + ":" + port + "]";
  }

  /** Options in the making. */
  public static final class Builder {
    private String host = "127.0.0.1";
    private int port;
    private ServerConfig config = ServerConfig.STANDARD;
    private Limits limits = Limits.STANDARD;
    private Agent agent = new ScriptedAgent();
    private @Nullable Path auditDirectory;
    private @Nullable Path storeFile;
    private SqliteStore.Durability durability = SqliteStore.Durability.PROCESS;
    private Rollout rollout = Rollout.EVERYBODY;
    private @Nullable String adminToken;
    private @Nullable String accessToken;
    private @Nullable Tls tls;
    private UnaryOperator<ServerStep> misbehaviour = UnaryOperator.identity();
    private long drainMs = 10_000;
    private long retryAfterMs = 1_000;
    private long reconnectIntervalMs = 1_000;
    private int maxReconnectAttempts = 10;
    private @Nullable FaultPanel inspection;
    private Set<String> allowedOrigins = Set.of();

    private Builder() {}

    public Builder host(String value) {
      host = value;
      return this;
    }

    public Builder port(int value) {
      port = value;
      return this;
    }

    public Builder config(ServerConfig value) {
      config = value;
      return this;
    }

    public Builder limits(Limits value) {
      limits = value;
      return this;
    }

    public Builder agent(Agent value) {
      agent = value;
      return this;
    }

    public Builder auditDirectory(@Nullable Path value) {
      auditDirectory = value;
      return this;
    }

    public Builder store(@Nullable Path file) {
      storeFile = file;
      return this;
    }

    public Builder durability(SqliteStore.Durability value) {
      durability = value;
      return this;
    }

    public Builder rollout(boolean enabled, double percent) {
      rollout = new Rollout(enabled, percent);
      return this;
    }

    public Builder adminToken(@Nullable String value) {
      adminToken = value;
      return this;
    }

    public Builder accessToken(@Nullable String value) {
      accessToken = value;
      return this;
    }

    public Builder tls(@Nullable Tls value) {
      tls = value;
      return this;
    }

    public Builder misbehaviour(UnaryOperator<ServerStep> value) {
      misbehaviour = value;
      return this;
    }

    public Builder drainMs(long value) {
      drainMs = value;
      return this;
    }

    public Builder retryAfterMs(long value) {
      retryAfterMs = value;
      return this;
    }

    public Builder reconnect(long intervalMs, int attempts) {
      reconnectIntervalMs = intervalMs;
      maxReconnectAttempts = attempts;
      return this;
    }

    public Builder inspection(@Nullable FaultPanel value) {
      inspection = value;
      return this;
    }

    public Builder allowedOrigins(Set<String> value) {
      allowedOrigins = value;
      return this;
    }

    public ServerOptions build() {
      return new ServerOptions(
          host,
          port,
          config,
          limits,
          agent,
          auditDirectory,
          storeFile,
          durability,
          rollout,
          adminToken,
          accessToken,
          tls,
          misbehaviour,
          drainMs,
          retryAfterMs,
          reconnectIntervalMs,
          maxReconnectAttempts,
          inspection,
          allowedOrigins);
    }
  }
}
