package dev.holdfast.scenarios.machine;

import java.util.Locale;

/**
 * How much processor time a machine withheld in a time span.
 *
 * @param worstMs how late the timer fired at worst, in milliseconds
 * @param lostShare the share of the span that the timer spent waiting for the processor, 0 to 1
 */
public record Starvation(long worstMs, double lostShare) {
  /** The machine gave all that was asked for. */
  public static final Starvation NONE = new Starvation(0, 0);

  private static final long NOTICEABLE_MS = MachineWatch.LATE_MS / 4;
  private static final double NOTICEABLE_SHARE = MachineWatch.LOST_SHARE / 4;

  /** Whether a judgement that depends on time is worth nothing in this span. */
  public boolean spoilsTiming() {
    return worstMs >= MachineWatch.LATE_MS || lostShare >= MachineWatch.LOST_SHARE;
  }

  /**
   * Whether the machine had so much other work that what cases did to each other cannot be told
   * from what the machine did to them.
   */
  public boolean isNoticeable() {
    return worstMs >= NOTICEABLE_MS || lostShare >= NOTICEABLE_SHARE;
  }

  /** The measurement in a sentence. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "this machine was starved of processor time: a timer of 10 ms fired up to %d ms late and"
            + " waited for %.0f %% of the time",
        worstMs,
        100 * lostShare);
  }
}
