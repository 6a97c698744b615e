package dev.holdfast.scenarios.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.protocol.Profile;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter declares in its first line.
 *
 * @param overrides words of the {@link Setting settings} that it obeys
 * @param resetsWhenStable whether the count of attempts waits for a stable connection
 */
public record Ready(
    Profile profile, Set<String> capabilities, Set<String> overrides, boolean resetsWhenStable) {

  /** Of a client that declares nothing: profile core, with the standard delays. */
  public static final Ready NOTHING = new Ready(Profile.CORE, Set.of(), Set.of(), false);

  public Ready {
    capabilities = Set.copyOf(capabilities);
    overrides = Set.copyOf(overrides);
  }

  /** The declaration in a line, or null when it is none. */
  static @Nullable Ready of(JsonNode line) {
    String profile = line.path("profile").asText("core").toUpperCase(Locale.ROOT);
    boolean known = profile.equals("CORE") || profile.equals("RESUME");
    if (!line.path("event").asText().equals("ready") || !known) {
      return null;
    }
    return new Ready(
        Profile.valueOf(profile),
        words(line.path("capabilities")),
        words(line.path("overrides")),
        line.path("attempt_reset").asText("open").equals("stable"));
  }

  private static Set<String> words(JsonNode list) {
    Set<String> words = new HashSet<>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }

  public boolean can(String capability) {
    return capabilities.contains(capability);
  }
}
