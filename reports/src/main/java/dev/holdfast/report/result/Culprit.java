package dev.holdfast.report.result;

import java.util.Locale;

/** Whose doing a failure is. */
public enum Culprit {
  CLIENT,
  SERVER,
  /** What the faults did, where the protocol promises no more. */
  NETWORK,
  /** Holdfast itself, or a fault that never struck. */
  HARNESS,
  UNDECIDABLE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
