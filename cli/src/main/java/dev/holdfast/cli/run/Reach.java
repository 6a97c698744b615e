package dev.holdfast.cli.run;

import dev.holdfast.cli.config.Config;
import dev.holdfast.client.access.Access;
import dev.holdfast.client.access.Trust;
import dev.holdfast.report.format.Redaction;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the target is reached, and what of that must never be written down.
 *
 * @param access with the values of the environment
 * @param redaction takes these values out of all that is written
 */
record Reach(Access access, Redaction redaction) {
  static final Reach PLAIN = new Reach(Access.NONE, Redaction.NONE);

  private static final Pattern VARIABLE = Pattern.compile("\\{env\\.([A-Za-z_][A-Za-z0-9_]*)}");

  /** Headers whose whole value is a secret, wherever it came from. */
  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie", "x-api-key");

  /**
   * Takes what was declared together with the environment.
   *
   * @throws UsageError if a variable is not there
   */
  static Reach of(Config.More declared, boolean insecure, Map<String, String> env) {
    Map<String, String> headers = new LinkedHashMap<>();
    Set<String> secrets = new LinkedHashSet<>();
    declared
        .headers()
        .forEach((name, text) -> {
          headers.put(name, filled(name, text, env, secrets));
          if (SECRET.contains(name.toLowerCase(Locale.ROOT))) {
            secrets.add(headers.get(name));
          }
        });
    Trust trust = insecure ? Trust.ANY : new Trust(declared.ca(), false);
    return new Reach(new Access(headers, trust, null), new Redaction(secrets));
  }

  private static String filled(
      String header, String text, Map<String, String> env, Set<String> secrets) {
    Matcher variables = VARIABLE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (variables.find()) {
      String value = env.get(variables.group(1));
      if (value == null || !value.matches("[ -~]+")) {
        throw new UsageError(
            "target.headers."
                + header
                + " needs the environment variable "
                + variables.group(1)
                + (value == null ? ", which is not set" : ", which is empty or not of ASCII"));
      }
      secrets.add(value);
      variables.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return variables.appendTail(filled).toString();
  }
}
