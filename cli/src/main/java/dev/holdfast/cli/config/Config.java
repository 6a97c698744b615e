package dev.holdfast.cli.config;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.model.Dialect;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code holdfast.yaml} says.
 *
 * @param url where the target's WebSocket is; a URL on the command line comes before it
 * @param http where its HTTP is; null keeps all that needs HTTP out of the judgement
 * @param stimuli what to say to its agent to get each kind of answer
 * @param budgets limits by name
 * @param more what only some say of their server
 */
public record Config(
    @Nullable URI url,
    @Nullable URI http,
    Map<Stimulus, String> stimuli,
    Map<String, Long> budgets,
    More more) {

  /**
   * What only some say of their server.
   *
   * @param start how it is started, a word an entry; empty when it runs already
   * @param env its environment, beside what this process has
   * @param ready an HTTP address that answers once it is up; null asks its port
   * @param audit where its audit log is
   */
  public record More(
      Profile profile,
      Set<String> capabilities,
      List<String> start,
      Map<String, String> env,
      @Nullable URI ready,
      @Nullable Path audit,
      Dialect dialect) {
    static final More NOTHING =
        new More(Profile.CORE, Set.of(), List.of(), Map.of(), null, null, Dialect.NONE);

    public More {
      capabilities = Set.copyOf(capabilities);
      start = List.copyOf(start);
      env = Map.copyOf(env);
    }
  }

  /** The same of a server at another address. */
  public Config at(URI other) {
    return new Config(other, http, stimuli, budgets, more);
  }

  /** Nothing was declared. */
  public static final Config NONE = new Config(null, null, Map.of(), Map.of(), More.NOTHING);

  public Config {
    stimuli = Map.copyOf(stimuli);
    budgets = Map.copyOf(budgets);
  }
}
