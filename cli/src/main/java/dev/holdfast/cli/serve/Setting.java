package dev.holdfast.cli.serve;

import dev.holdfast.server.misbehaviour.Misbehaviour;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Everything about a server that can be set: the one table behind flags, environment and file. */
enum Setting {
  HOST(null, text("an address of this machine"), "127.0.0.1", "Address to listen on"),
  PORT(null, whole(0, 65_535), "8001", "Where to listen, 0 for a free port"),
  STORE(
      null,
      new Kind.Text("memory|sqlite:.+", "memory or sqlite:FILE"),
      "sqlite:holdfast-data/sessions.db",
      "Where sessions are kept; a file survives the end of the process"),
  STORE_DURABILITY(
      null,
      words("process", "full"),
      "process",
      "What the file survives at once: the process's end, or the machine's (full)"),
  AUDIT(null, text("a folder"), null, "Folder of the audit log, one file a UTC day"),
  AGENT(null, words("scripted", "echo", "openai"), "scripted", "Who answers"),
  SCRIPT(null, text("a file"), null, "YAML file of the scripted agent's rules"),
  BASE_URL(
      null,
      new Kind.Text("https?://[^?#]+", "http://… or https://…"),
      null,
      "Where the openai agent's /chat/completions is; its key is in OPENAI_API_KEY"),
  MODEL(null, text("a model's name"), null, "Which model the openai agent asks for"),
  ENABLE_WEBSOCKET("ENABLE_WEBSOCKET", new Kind.Flag(), "true", "false sends everybody to HTTP"),
  ROLLOUT_PERCENT(
      "WEBSOCKET_ROLLOUT_PERCENT",
      new Kind.Percent(),
      "100",
      "How many of the users may use the WebSocket"),
  HEARTBEAT_INTERVAL_MS(
      "WS_HEARTBEAT_INTERVAL", whole(50, 600_000), "30000", "How often clients ping"),
  PONG_TIMEOUT_MS(null, whole(10, 600_000), "10000", "How long a ping may go unanswered"),
  HELLO_TIMEOUT_MS(null, whole(10, 600_000), "10000", "How long a hello may take"),
  RECONNECT_INTERVAL_MS(
      "WS_RECONNECT_INTERVAL", whole(1, 600_000), "1000", "What clients are told to wait"),
  MAX_RECONNECT_ATTEMPTS(
      "WS_MAX_RECONNECT_ATTEMPTS", whole(0, 10_000), "10", "How often they are told to try"),
  RESUME_TTL_MS(null, whole(1, 86_400_000), "120000", "How long an absent session is kept"),
  RUN_TIMEOUT_MS(null, whole(1, 86_400_000), "120000", "How long an agent may take"),
  REPLAY_MAX_FRAMES(null, whole(1, 1_000_000), "1000", "Frames kept for a replay"),
  REPLAY_MAX_BYTES(null, whole(1, 1L << 30), "1048576", "Bytes kept for a replay"),
  MAX_FRAME_BYTES(null, whole(1_024, 1L << 28), "1048576", "Longest text of a client"),
  MAX_BODY_BYTES(null, whole(1_024, 1L << 28), "1048576", "Longest body of a request"),
  MAX_PENDING_RUNS(null, whole(1, 100_000), "128", "Messages of a session that may wait"),
  MAX_CONNECTIONS(null, whole(1, 1_000_000), "16000", "WebSockets at a time"),
  MAX_HTTP_CONNECTIONS(null, whole(1, 1_000_000), "4000", "Other connections at a time"),
  MAX_SESSIONS(null, whole(1, 10_000_000), "100000", "Sessions in memory"),
  HANDSHAKES_PER_SECOND(null, whole(1, 1_000_000), "10000", "Handshakes in a second"),
  MESSAGES_PER_SECOND(null, whole(1, 1_000_000), "2000", "Texts of a connection in a second"),
  OUTBOUND_BYTES(null, whole(1_024, 1L << 30), "4194304", "Bytes a peer may leave unread"),
  DRAIN_MS(null, whole(0, 3_600_000), "10000", "How long runs may go on when told to stop"),
  RETRY_AFTER_MS(null, whole(0, 600_000), "1000", "What drained clients are asked to wait"),
  ALLOWED_ORIGINS(
      null,
      new Kind.Text("\\*|(https?://[^,/\\s]+)(,\\s*https?://[^,/\\s]+)*", "* or origins by comma"),
      null,
      "Web pages that may connect and post, beside its own and this machine's"),
  REQUIRE_TOKEN(
      null,
      new Kind.Flag(),
      "false",
      "Handshakes and posts must show HOLDFAST_ACCESS_TOKEN as a bearer"),
  TLS_CERT(null, text("a file"), null, "PEM file of the certificate chain"),
  TLS_KEY(null, text("a file"), null, "PEM file of its key, PKCS #8 without a password"),
  MISBEHAVE(
      null,
      new Kind.Word(Misbehaviour.all().stream().map(Misbehaviour::name).toList()),
      null,
      "Do one thing wrong on purpose, for those who test clients");

  private final String env;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Kind kind;

  private final @Nullable String standard;
  private final String says;

  Setting(@Nullable String env, Kind kind, @Nullable String standard, String says) {
    this.env = env == null ? "HOLDFAST_" + name() : env;
    this.kind = kind;
    this.standard = standard;
    this.says = says;
  }

  private static Kind whole(long least, long most) {
    return new Kind.Whole(least, most);
  }

  private static Kind text(String words) {
    return new Kind.Text(".+", words);
  }

  private static Kind words(String... words) {
    return new Kind.Word(List.of(words));
  }

  /** Its name in a file and in {@code --print-config}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String option() {
    return "--" + key().replace('_', '-');
  }

  String env() {
    return env;
  }

  Kind kind() {
    return kind;
  }

  /** What counts when nobody says anything; null for nothing. */
  @Nullable String standard() {
    return standard;
  }

  String says() {
    return says;
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }
}
