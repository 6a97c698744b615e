package dev.holdfast.cli.config;

import dev.holdfast.scenarios.model.Target.Stimulus;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code holdfast.yaml} says.
 *
 * @param url where the target's WebSocket is; a URL on the command line comes before it
 * @param http where its HTTP is; null keeps all that needs HTTP out of the judgement
 * @param stimuli what to say to its agent to get each kind of answer
 * @param budgets limits by name
 */
public record Config(
    @Nullable URI url,
    @Nullable URI http,
    Map<Stimulus, String> stimuli,
    Map<String, Long> budgets) {

  /** Nothing was declared. */
  public static final Config NONE = new Config(null, null, Map.of(), Map.of());

  public Config {
    stimuli = Map.copyOf(stimuli);
    budgets = Map.copyOf(budgets);
  }
}
