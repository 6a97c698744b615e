package dev.holdfast.proxy.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a test needs of the machine: had, or skipped loudly, or an error where it is required. */
final class Tools {
  private Tools() {}

  /** The program that this environment variable names. */
  static String named(String variable, String what) {
    String value = System.getenv(variable);
    require(value != null, "set " + variable + " to " + what);
    return java.util.Objects.requireNonNull(value);
  }

  /** Skips the test unless this holds; fails it where HOLDFAST_REQUIRE_TOOLS is true. */
  static void require(boolean there, String otherwise) {
    if (!there) {
      System.err.println("\u001b[31mNOT RUN: " + otherwise + "\u001b[0m");
      if (Boolean.parseBoolean(System.getenv("HOLDFAST_REQUIRE_TOOLS"))) {
        throw new IllegalStateException("required here: " + otherwise);
      }
    }
    assumeTrue(there, otherwise);
  }
}
