package dev.holdfast.report.result;

/**
 * How much more often something happened to the cohort than to the control.
 *
 * @param what for example {@code failed}
 * @param pairs how many answers of each arm stand behind it
 * @param seen the cohort's rate less the control's, from -1 to 1
 * @param low the lower end of its interval, right at any time that one looks
 * @param high the upper end
 * @param margin how much worse still counts as no worse
 */
public record RateDifference(
    String what, long pairs, double seen, double low, double high, double margin) {}
