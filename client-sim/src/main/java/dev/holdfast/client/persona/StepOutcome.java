package dev.holdfast.client.persona;

import org.jspecify.annotations.Nullable;

/**
 * How one action went.
 *
 * @param index of the action in the script, from 0
 * @param seen what was seen instead of what was expected; null when all went well
 */
public record StepOutcome(int index, Action action, long tookMs, @Nullable String seen) {
  public boolean ok() {
    return seen == null;
  }
}
