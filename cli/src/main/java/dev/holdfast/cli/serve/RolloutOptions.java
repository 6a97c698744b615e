package dev.holdfast.cli.serve;

import dev.holdfast.cli.run.UsageError;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who may use the WebSocket: an option before the environment before everybody. */
public final class RolloutOptions {
  private static final String ENABLED = "ENABLE_WEBSOCKET";
  private static final String PERCENT = "WEBSOCKET_ROLLOUT_PERCENT";

  @Option(
      names = "--enable-websocket",
      paramLabel = "BOOL",
      arity = "1",
      description = "false sends everybody to HTTP. Default: true")
  @Nullable Boolean enabled;

  @Option(
      names = "--rollout-percent",
      paramLabel = "N",
      description = "How many of the users may use the WebSocket, 0 to 100. Default: 100")
  @Nullable Double percent;

  public boolean enabled(Map<String, String> env) {
    if (enabled != null) {
      return enabled;
    }
    String text = env.getOrDefault(ENABLED, "true").toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw new UsageError(ENABLED + "=" + text + ": expected true or false");
    };
  }

  public double percent(Map<String, String> env) {
    if (percent != null) {
      return within("--rollout-percent", percent);
    }
    String text = env.getOrDefault(PERCENT, "100");
    try {
      return within(PERCENT, Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new UsageError(PERCENT + "=" + text + ": expected a number from 0 to 100");
    }
  }

  private static double within(String name, double value) {
    if (value >= 0 && value <= 100) {
      return value;
    }
    throw new UsageError(name + " " + value + ": expected a number from 0 to 100");
  }
}
