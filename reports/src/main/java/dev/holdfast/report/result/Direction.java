package dev.holdfast.report.result;

import java.util.Locale;

/** Which way a traced line went, seen from Holdfast. */
public enum Direction {
  /** Holdfast, or the client it drives, wrote this to the target. */
  SENT("→"),
  /** The target wrote this. */
  RECEIVED("←"),
  /** Nothing on the wire: an open, a close, a timer. */
  EVENT("·"),
  /** A fault began or ended. */
  FAULT("⚡");

  private final String arrow;

  Direction(String arrow) {
    this.arrow = arrow;
  }

  /** One character for a trace. */
  public String arrow() {
    return arrow;
  }

  /** The word for programs: {@code received}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
