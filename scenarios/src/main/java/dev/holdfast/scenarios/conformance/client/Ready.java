package dev.holdfast.scenarios.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.protocol.Profile;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter declares in its first line.
 *
 * @param overrides words of the {@link Setting settings} that it obeys
 * @param settings its own value of each setting that it names: it holds where the setting is not
 *     overridden
 * @param resetsWhenStable whether the count of attempts waits for a stable connection
 */
public record Ready(
    Profile profile,
    Set<String> capabilities,
    Set<String> overrides,
    Map<Setting, Long> settings,
    boolean resetsWhenStable) {
  /** No client waits longer than a day on purpose. */
  private static final long MOST = 86_400_000;

  /** Of a client that declares nothing: profile core, with the standard delays. */
  public static final Ready NOTHING = new Ready(Profile.CORE, Set.of(), Set.of(), Map.of(), false);

  public Ready {
    capabilities = Set.copyOf(capabilities);
    overrides = Set.copyOf(overrides);
    settings = Map.copyOf(settings);
  }

  /** The declaration in a line, or null when it is none. */
  static @Nullable Ready of(JsonNode line) {
    String profile = line.path("profile").asText("core").toUpperCase(Locale.ROOT);
    boolean known = profile.equals("CORE") || profile.equals("RESUME");
    Map<Setting, Long> settings = settings(line.path("settings"));
    if (!line.path("event").asText().equals("ready") || !known || settings == null) {
      return null;
    }
    return new Ready(
        Profile.valueOf(profile),
        words(line.path("capabilities")),
        words(line.path("overrides")),
        settings,
        line.path("attempt_reset").asText("open").equals("stable"));
  }

  /** The settings that are named; null when a value is no duration or number that can be meant. */
  private static @Nullable Map<Setting, Long> settings(JsonNode named) {
    Map<Setting, Long> settings = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      JsonNode value = named.path(setting.word());
      if (value.isMissingNode()) {
        continue;
      }
      if (!value.canConvertToLong() || value.asLong() < 0 || value.asLong() > MOST) {
        return null;
      }
      settings.put(setting, value.asLong());
    }
    return settings;
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
