package dev.holdfast.scenarios.model;

import dev.holdfast.protocol.Profile;
import java.net.URI;
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
 */
public record Target(
    URI url,
    @Nullable URI http,
    Profile profile,
    Set<String> capabilities,
    Map<Stimulus, String> stimuli) {

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
          Stimulus.LONG, "#agent tokens=400\nTell me everything");

  public Target {
    capabilities = Set.copyOf(capabilities);
    stimuli = Map.copyOf(stimuli);
  }

  /** A server whose agent understands the {@code #agent} line. */
  public static Target scripted(URI url, @Nullable URI http, Profile profile) {
    return new Target(url, http, profile, Set.of(), SCRIPTED);
  }

  /** The same target, spoken to in a profile. */
  public Target speaking(Profile spoken) {
    return new Target(url, http, spoken, capabilities, stimuli);
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
