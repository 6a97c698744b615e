package dev.holdfast.client.persona;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a script went: its steps up to the end, or up to the first that went wrong.
 *
 * @param failure what broke the client or the script itself: our own fault, never the peer's
 */
public record PersonResult(String name, List<StepOutcome> steps, @Nullable Throwable failure) {
  public PersonResult {
    steps = List.copyOf(steps);
  }

  public boolean ok() {
    return failure == null && steps.stream().allMatch(StepOutcome::ok);
  }

  /** The step whose expectation was missed, or null. */
  public @Nullable StepOutcome missed() {
    return steps.stream().filter(step -> !step.ok()).findFirst().orElse(null);
  }
}
