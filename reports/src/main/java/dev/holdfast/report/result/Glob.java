package dev.holdfast.report.result;

import java.util.regex.Pattern;

/** An address with {@code *} for any run of characters and {@code ?} for one. */
public record Glob(String pattern) {

  /** True when the whole address fits the pattern. */
  public boolean matches(String address) {
    StringBuilder regex = new StringBuilder();
    pattern.chars().forEach(c -> regex.append(regexFor((char) c)));
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(address).matches();
  }

  private static String regexFor(char c) {
    return switch (c) {
      case '*' -> ".*";
      case '?' -> ".";
      default -> Pattern.quote(String.valueOf(c));
    };
  }
}
