package dev.holdfast.cli.serve;

import dev.holdfast.cli.run.UsageError;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.server.Limits;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.Tls;
import dev.holdfast.server.inspect.FaultPanel;
import dev.holdfast.server.misbehaviour.Misbehaviour;
import dev.holdfast.server.store.SqliteStore.Durability;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Settings as the options of a server. */
public final class ServerSetup {
  private static final String SQLITE = "sqlite:";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");

  private final Settings settings;
  private final Map<String, String> env;

  ServerSetup(Settings settings, Map<String, String> env) {
    this.settings = settings;
    this.env = env;
  }

  /** What would be run, and what of it came from where. */
  public String print() {
    return settings.print();
  }

  /**
   * The options of a server.
   *
   * @throws UsageError if settings do not go together
   */
  public ServerOptions options() {
    return builder().build();
  }

  /**
   * The options of a server that is looked at from inside, through a proxy in front of it.
   *
   * @throws UsageError if it would be open to more than this machine
   */
  public ServerOptions inspected(FaultPanel panel) {
    ServerOptions plain = options();
    if (!LOOPBACK.contains(plain.host()) || plain.tls() != null) {
      throw new UsageError("--inspect is for this machine alone: --host 127.0.0.1, and no TLS");
    }
    return builder().port(0).inspection(panel).build();
  }

  private ServerOptions.Builder builder() {
    ServerOptions.Builder options =
        ServerOptions.builder()
            .host(settings.required(Setting.HOST))
            .port(settings.small(Setting.PORT))
            .config(config())
            .limits(limits())
            .agent(Agents.of(settings, env))
            .auditDirectory(settings.path(Setting.AUDIT))
            .store(store())
            .durability(durability())
            .rollout(settings.flag(Setting.ENABLE_WEBSOCKET), percent())
            .adminToken(Secrets.admin(env))
            .accessToken(Secrets.access(settings, env))
            .tls(tls())
            .drainMs(settings.number(Setting.DRAIN_MS))
            .retryAfterMs(settings.number(Setting.RETRY_AFTER_MS))
            .reconnect(
                settings.number(Setting.RECONNECT_INTERVAL_MS),
                settings.small(Setting.MAX_RECONNECT_ATTEMPTS))
            .allowedOrigins(origins());
    String misbehaviour = settings.text(Setting.MISBEHAVE);
    return misbehaviour == null ? options : options.misbehaviour(Misbehaviour.named(misbehaviour));
  }

  private ServerConfig config() {
    ServerConfig standard = ServerConfig.STANDARD;
    return new ServerConfig(
        settings.number(Setting.HEARTBEAT_INTERVAL_MS),
        settings.number(Setting.PONG_TIMEOUT_MS),
        settings.number(Setting.HELLO_TIMEOUT_MS),
        settings.number(Setting.RESUME_TTL_MS),
        settings.number(Setting.RUN_TIMEOUT_MS),
        settings.small(Setting.REPLAY_MAX_FRAMES),
        settings.number(Setting.REPLAY_MAX_BYTES),
        settings.number(Setting.MAX_FRAME_BYTES),
        settings.small(Setting.MAX_PENDING_RUNS),
        standard.forgetAfterMs(),
        standard.capabilities());
  }

  private Limits limits() {
    Limits standard = Limits.STANDARD;
    return new Limits(
        settings.small(Setting.MAX_CONNECTIONS),
        settings.small(Setting.MAX_SESSIONS),
        settings.small(Setting.MAX_HTTP_CONNECTIONS),
        settings.small(Setting.HANDSHAKES_PER_SECOND),
        settings.small(Setting.MESSAGES_PER_SECOND),
        settings.small(Setting.MAX_BODY_BYTES),
        settings.number(Setting.OUTBOUND_BYTES),
        standard.closeDeadlineMs(),
        standard.requestDeadlineMs());
  }

  private @Nullable Path store() {
    String store = settings.required(Setting.STORE);
    return store.startsWith(SQLITE) ? Path.of(store.substring(SQLITE.length())) : null;
  }

  private Durability durability() {
    return Durability.valueOf(settings.required(Setting.STORE_DURABILITY).toUpperCase(Locale.ROOT));
  }

  private double percent() {
    return Double.parseDouble(settings.required(Setting.ROLLOUT_PERCENT));
  }

  private @Nullable Tls tls() {
    Path certificate = settings.path(Setting.TLS_CERT);
    Path key = settings.path(Setting.TLS_KEY);
    if (certificate == null && key == null) {
      return null;
    }
    if (certificate == null || key == null) {
      throw new UsageError("--tls-cert and --tls-key come together");
    }
    return new Tls(certificate, key);
  }

  private Set<String> origins() {
    String origins = settings.text(Setting.ALLOWED_ORIGINS);
    return origins == null
        ? Set.of()
        : Arrays.stream(origins.split(",", -1)).map(String::strip).collect(Collectors.toSet());
  }
}
