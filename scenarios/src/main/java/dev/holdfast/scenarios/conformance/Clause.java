package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One requirement of the protocol.
 *
 * @param levels how strongly it binds, in each profile that it binds
 * @param capability what must have been negotiated for it to bind, or null
 */
public record Clause(
    String address,
    String side,
    Map<Profile, Level> levels,
    @Nullable String capability,
    boolean product,
    boolean planned,
    String sentence) {

  public Clause {
    levels = Map.copyOf(levels);
  }

  /** How strongly it binds in a profile, or null when it does not. */
  public @Nullable Level level(Profile profile) {
    return levels.get(profile);
  }
}
