package dev.holdfast.scenarios.model;

import dev.holdfast.client.access.Access;
import dev.holdfast.protocol.Profile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server under test: where it is, and what its owner says of it. Nothing else is held against
 * it.
 *
 * @param url where its WebSocket is, {@code ws://…/ws/chat}
 * @param http where its HTTP is, or null when it has none that counts
 * @param stimuli what to say to its agent to get a plain, slow, failing, long or two-tool answer
 * @param audit where its audit log is, a file or a directory of files, or null
 * @param restart how to start it anew, or null when somebody else runs it
 * @param dialect its own words for what the protocol has
 * @param access what it needs at its handshake, and whom to trust under TLS
 * @param patienceMs how long an answer may take before it is late, 1000 or more; null where its
 *     owner does not say
 */
public record Target(
    URI url,
    @Nullable URI http,
    Profile profile,
    Set<String> capabilities,
    Map<Stimulus, String> stimuli,
    @Nullable Path audit,
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
    capabilities = Set.copyOf(capabilities);
    stimuli = Map.copyOf(stimuli);
  }

  /** A server of which this is known and no more. */
  public Target(
      URI url,
      @Nullable URI http,
      Profile profile,
      Set<String> capabilities,
      Map<Stimulus, String> stimuli) {
    this(url, http, profile, capabilities, stimuli, null, null, Dialect.NONE, Access.NONE, null);
  }

  /** A server whose agent understands the {@code #agent} line. */
  public static Target scripted(URI url, @Nullable URI http, Profile profile) {
    return new Target(url, http, profile, Set.of(), SCRIPTED);
  }

  /** The same target, spoken to in a profile. */
  public Target speaking(Profile spoken) {
    return new Target(
        url, http, spoken, capabilities, stimuli, audit, restart, dialect, access, patienceMs);
  }

  /** The same target at another address. */
  public Target at(URI otherUrl, URI otherHttp) {
    return new Target(
        otherUrl,
        otherHttp,
        profile,
        capabilities,
        stimuli,
        audit,
        restart,
        dialect,
        access,
        patienceMs);
  }

  public Target offering(Set<String> offered) {
    return new Target(
        url, http, profile, offered, stimuli, audit, restart, dialect, access, patienceMs);
  }

  public Target keeping(@Nullable Path auditLog) {
    return new Target(
        url, http, profile, capabilities, stimuli, auditLog, restart, dialect, access, patienceMs);
  }

  public Target restartedBy(@Nullable Restart how) {
    return new Target(
        url, http, profile, capabilities, stimuli, audit, how, dialect, access, patienceMs);
  }

  public Target saying(Dialect words) {
    return new Target(
        url, http, profile, capabilities, stimuli, audit, restart, words, access, patienceMs);
  }

  /** The same target, spoken to with these headers and this trust. */
  public Target reachedWith(Access how) {
    return new Target(
        url, http, profile, capabilities, stimuli, audit, restart, dialect, how, patienceMs);
  }

  /** The same target, whose owner says how long its answers may take. */
  public Target patientFor(@Nullable Long ms) {
    return new Target(
        url, http, profile, capabilities, stimuli, audit, restart, dialect, access, ms);
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
