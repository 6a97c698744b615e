package dev.holdfast.report.format;

import dev.holdfast.report.result.Blame;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Recovery;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A finding's account as named lines of text. */
public final class Accounts {
  private Accounts() {}

  /** Whose doing it is, what shows it, and how the conversation came back. */
  public static Map<String, String> lines(Finding f) {
    Map<String, String> lines = new LinkedHashMap<>();
    Blame blame = f.account().blame();
    if (blame != null) {
      lines.put("blame", blame.sentence());
      int n = 0;
      for (String line : blame.evidence()) {
        lines.put(++n == 1 ? "because" : " ".repeat(n - 1), line);
      }
    }
    f.account().recovery().forEach(r -> lines.put(r.name(), words(r)));
    return lines;
  }

  /** {@code 312 ms (290 to 334, 5 repeats)}. */
  public static String words(Recovery r) {
    String value = String.format(Locale.ROOT, "%.0f %s", r.value(), r.unit());
    return r.samples() < 2
        ? value
        : value
            + String.format(
                Locale.ROOT, " (%.0f to %.0f, %d repeats)", r.low(), r.high(), r.samples());
  }
}
