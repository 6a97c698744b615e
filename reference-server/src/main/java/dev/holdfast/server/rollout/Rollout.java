package dev.holdfast.server.rollout;

import dev.holdfast.protocol.RolloutBucket;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the WebSocket.
 *
 * @param enabled the kill switch: false leaves everybody out
 * @param percent of the users, 0 to 100; all who name no user share one place
 */
public record Rollout(boolean enabled, double percent) {

  public static final Rollout EVERYBODY = new Rollout(true, 100);

  public Rollout {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("a rollout's percent is a number from 0 to 100");
    }
  }

  public boolean includes(@Nullable String userId) {
    String user = userId == null ? "" : userId;
    return enabled && RolloutBucket.includes(RolloutBucket.WEBSOCKET_FLAG, user, percent);
  }
}
