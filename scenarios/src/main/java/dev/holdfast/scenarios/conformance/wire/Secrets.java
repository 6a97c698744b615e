package dev.holdfast.scenarios.conformance.wire;

import java.util.regex.Pattern;

/** Keeps resume tokens out of traces and reports. */
final class Secrets {
  private static final Pattern TOKEN = Pattern.compile("(\"resume_token\"\\s*:\\s*\")[^\"]*(\"?)");

  private Secrets() {}

  static String masked(String text) {
    return text.contains("resume_token") ? TOKEN.matcher(text).replaceAll("$1***$2") : text;
  }
}
