package dev.holdfast.scenarios.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.client.access.Access;
import dev.holdfast.protocol.Profile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The server under test: where it is, and what its owner says of it. Nothing else is held against
 * it.
 *
 * @param url where its WebSocket is, {@code ws://…/ws/chat}
 * @param http where its HTTP is, or null when it has none that counts
 * @param endpoints the paths of its HTTP side that count
 * @param stimuli what to say to its agent to get a plain, slow, failing, long or two-tool answer
 * @param audit where its audit log is, a file or a directory of files, or null
 * @param auditWords how an entry of that log is read
 * @param restart how to start it anew, or null when somebody else runs it
 * @param dialect its own words for what the protocol has
 * @param access what it needs at its handshake, and whom to trust under TLS
 * @param patienceMs how long an answer may take before it is late, 1000 or more; null where its
 *     owner does not say
 */
public record Target(
    URI url,
    @Nullable URI http,
    Set<Endpoint> endpoints,
    Profile profile,
    Set<String> capabilities,
    Map<Stimulus, String> stimuli,
    @Nullable Path audit,
    AuditWords auditWords,
    @Nullable Restart restart,
    Dialect dialect,
    Access access,
    @Nullable Long patienceMs) {

  /** Ends the server, however it is, and starts it again at the same address. */
  @FunctionalInterface
  public interface Restart {
    /**
     * Gives back when the new process is ready.
     *
     * @param environment settings of this start beside the declared ones
     * @throws IOException when it does not come up
     */
    void now(Map<String, String> environment) throws IOException, InterruptedException;
  }

  /** A path of the HTTP side that the protocol describes. */
  public enum Endpoint {
    HEALTH("/health"),
    READY("/ready"),
    METRICS("/metrics"),
    CHAT("/api/chat"),
    TRANSPORT("/api/transport"),
    ADMIN("/admin/rollout"),
    FRONT_PAGE("/");

    private final String path;

    Endpoint(String path) {
      this.path = path;
    }

    public String path() {
      return path;
    }

    /** The paths of all endpoints. */
    public static List<String> paths() {
      return Arrays.stream(values()).map(Endpoint::path).toList();
    }

    /**
     * The endpoint at a path.
     *
     * @throws IllegalArgumentException if the protocol describes none there
     */
    public static Endpoint at(String path) {
      return Arrays.stream(values())
          .filter(e -> e.path.equals(path))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no endpoint is at " + path));
    }
  }

  /** Reads the entries of an audit log in the protocol's words. */
  public interface AuditWords {
    /** The log is written as the protocol describes it. */
    AuditWords STANDARD =
        new AuditWords() {
          @Override
          public boolean standard() {
            return true;
          }

          @Override
          public boolean tells(String event) {
            return true;
          }

          @Override
          public JsonNode ours(JsonNode entry) {
            return entry;
          }
        };

    /** Whether it is the protocol's own log. */
    boolean standard();

    /** Whether the log has a word for this event of the protocol. */
    boolean tells(String event);

    /** An entry in the protocol's words; null if its kind has none. */
    @Nullable JsonNode ours(JsonNode entry);
  }

  /** A kind of answer that a case may need. */
  public enum Stimulus {
    PLAIN,
    SLOW,
    FAIL,
    TWO_TOOLS,
    LONG;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What {@code ScriptedAgent} understands; a stranger's agent takes it for talk. */
  private static final Map<Stimulus, String> SCRIPTED =
      Map.of(
          Stimulus.PLAIN, "Create a P1 story for test",
          Stimulus.SLOW, "#agent slow_ms=1500\nCreate a P1 story for test",
          Stimulus.FAIL, "#agent fail\nCreate a P1 story for test",
          Stimulus.TWO_TOOLS, "#agent tools=2\nCreate a P1 story for test",
          Stimulus.LONG, "#agent slow_ms=1500 tokens=400 tools=100\nTell me everything");

  public Target {
    endpoints = Set.copyOf(endpoints);
    capabilities = Set.copyOf(capabilities);
    stimuli = Map.copyOf(stimuli);
  }

  /** A server of which this is known and no more; of its HTTP side {@code /health} counts. */
  public Target(
      URI url,
      @Nullable URI http,
      Profile profile,
      Set<String> capabilities,
      Map<Stimulus, String> stimuli) {
    this(
        url,
        http,
        Set.of(Endpoint.HEALTH),
        profile,
        capabilities,
        stimuli,
        null,
        AuditWords.STANDARD,
        null,
        Dialect.NONE,
        Access.NONE,
        null);
  }

  /** A server with every endpoint, whose agent understands the {@code #agent} line. */
  public static Target scripted(URI url, @Nullable URI http, Profile profile) {
    return new Target(url, http, profile, Set.of(), SCRIPTED).answering(Set.of(Endpoint.values()));
  }

  /** Whether this endpoint was declared, so that it may be judged. */
  public boolean has(Endpoint endpoint) {
    return http != null && endpoints.contains(endpoint);
  }

  /** The same target, of which these endpoints were declared. */
  public Target answering(Set<Endpoint> declared) {
    return with(parts -> parts.endpoints = declared);
  }

  /** The same target, spoken to in a profile. */
  public Target speaking(Profile spoken) {
    return with(parts -> parts.profile = spoken);
  }

  /** The same target at another address. */
  public Target at(URI otherUrl, URI otherHttp) {
    return with(parts -> {
      parts.url = otherUrl;
      parts.http = otherHttp;
    });
  }

  public Target offering(Set<String> offered) {
    return with(parts -> parts.capabilities = offered);
  }

  public Target keeping(@Nullable Path auditLog) {
    return keeping(auditLog, AuditWords.STANDARD);
  }

  /** The same target with its audit log, which may be in words of its own. */
  public Target keeping(@Nullable Path auditLog, AuditWords words) {
    return with(parts -> {
      parts.audit = auditLog;
      parts.auditWords = words;
    });
  }

  public Target restartedBy(@Nullable Restart how) {
    return with(parts -> parts.restart = how);
  }

  public Target saying(Dialect words) {
    return with(parts -> parts.dialect = words);
  }

  /** The same target, reached with these headers and trusting this authority. */
  public Target reachedWith(Access needed) {
    return with(parts -> parts.access = needed);
  }

  /**
   * The same target, whose answers are late after this time.
   *
   * @param ms milliseconds, 1000 or more; null where its owner does not say
   */
  public Target patientFor(@Nullable Long ms) {
    return with(parts -> parts.patienceMs = ms);
  }

  private Target with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.target();
  }

  /** The components of a target, which may be changed. */
  private static final class Parts {
    URI url;
    @Nullable URI http;
    Set<Endpoint> endpoints;
    Profile profile;
    Set<String> capabilities;
    final Map<Stimulus, String> stimuli;
    @Nullable Path audit;
    AuditWords auditWords;
    @Nullable Restart restart;
    Dialect dialect;
    Access access;
    @Nullable Long patienceMs;

    Parts(Target from) {
      url = from.url;
      http = from.http;
      endpoints = from.endpoints;
      profile = from.profile;
      capabilities = from.capabilities;
      stimuli = from.stimuli;
      audit = from.audit;
      auditWords = from.auditWords;
      restart = from.restart;
      dialect = from.dialect;
      access = from.access;
      patienceMs = from.patienceMs;
    }

    Target target() {
      return new Target(
          url,
          http,
          endpoints,
          profile,
          capabilities,
          stimuli,
          audit,
          auditWords,
          restart,
          dialect,
          access,
          patienceMs);
    }
  }

  /** The HTTP address that a WebSocket address usually comes with: the same host and port. */
  public static URI httpBeside(URI ws) {
    String scheme = "wss".equals(ws.getScheme()) ? "https" : "http";
    return URI.create(scheme + "://" + ws.getAuthority());
  }

  public @Nullable String stimulus(Stimulus kind) {
    return stimuli.get(kind);
  }
}
