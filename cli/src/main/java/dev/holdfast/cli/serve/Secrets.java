package dev.holdfast.cli.serve;

import dev.holdfast.cli.run.UsageError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What only the environment may say: a command line and a file are read by too many. */
final class Secrets {
  static final String ADMIN = "HOLDFAST_ADMIN_TOKEN";
  static final String ACCESS = "HOLDFAST_ACCESS_TOKEN";
  static final String OPENAI = "OPENAI_API_KEY";

  private Secrets() {}

  static @Nullable String admin(Map<String, String> env) {
    return given(env, ADMIN);
  }

  /** The token that everybody must show, if that is wanted. */
  static @Nullable String access(Settings settings, Map<String, String> env) {
    if (!settings.flag(Setting.REQUIRE_TOKEN)) {
      return null;
    }
    String token = given(env, ACCESS);
    if (token == null) {
      throw new UsageError("--require-token needs the token in " + ACCESS);
    }
    return token;
  }

  static @Nullable String given(Map<String, String> env, String name) {
    String value = env.get(name);
    return value == null || value.isEmpty() ? null : value;
  }
}
