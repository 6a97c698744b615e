package dev.holdfast.scenarios.broken.client;

import dev.holdfast.report.result.Finding;

/** A finding as text, to find out why a test failed. */
public final class Shown {
  private Shown() {}

  public static String of(Finding f) {
    StringBuilder shown = new StringBuilder("\n");
    shown.append(f.address()).append(": ").append(f.verdict());
    shown.append(", expected ").append(f.expected()).append(", saw ").append(f.seen());
    f.trace().forEach(line -> shown.append("\n    ").append(line));
    return shown.toString();
  }
}
