package dev.holdfast.cli.simulate;

import dev.holdfast.cli.run.UsageError;
import dev.holdfast.scenarios.explore.Halves;
import dev.holdfast.scenarios.world.Swarm;
import org.jspecify.annotations.Nullable;

/** The value of {@code --twin}. */
public final class Twin {
  private Twin() {}

  /** The reference, or what is named in the place of one half of it. */
  public static Swarm swarm(@Nullable String name) {
    try {
      return name == null ? Halves.reference() : Halves.named(name);
    } catch (IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }
}
