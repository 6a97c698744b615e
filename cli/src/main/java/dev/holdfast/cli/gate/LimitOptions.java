package dev.holdfast.cli.gate;

/**
 * How a limit is looked for.
 *
 * @param wanted whether it is
 * @param first how many people to begin with where nobody said
 * @param most how many to end with
 * @param stepMs how long each load lasts where nobody said
 */
public record LimitOptions(boolean wanted, int first, int most, long stepMs) {
  public static final LimitOptions NONE = new LimitOptions(false, 0, 0, 0);

  /** From 50 people up to as many as a machine's ports and files allow. */
  public static final LimitOptions USUAL = new LimitOptions(true, 50, 16_000, 10_000);
}
