package dev.holdfast.cli.gate;

import dev.holdfast.load.LoadPlan;
import dev.holdfast.load.LoadProfile;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A load before it is known against whom.
 *
 * @param users null for as many as the profile says
 * @param durationMs null for as long as the profile says
 */
public record LoadShape(LoadProfile profile, @Nullable Integer users, @Nullable Long durationMs) {

  /** Ten people for ten seconds. */
  public static final LoadShape SMOKE = new LoadShape(LoadProfile.SMOKE, null, null);

  /**
   * The plan against a target.
   *
   * @throws IllegalArgumentException if there is no such load; the message says what there is
   */
  public LoadPlan against(URI url) {
    LoadPlan plan = LoadPlan.of(profile, url);
    LoadPlan peopled = users == null ? plan : plan.withUsers(users);
    return durationMs == null ? peopled : peopled.lasting(durationMs);
  }
}
