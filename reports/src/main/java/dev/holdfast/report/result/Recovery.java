package dev.holdfast.report.result;

/**
 * How a conversation came back, measured.
 *
 * @param name {@code heal_to_first_answer}, {@code in_doubt}, {@code reconnect_spread}
 * @param unit ms or messages
 * @param value the mean over all samples
 * @param low the lower end of its 95 % interval; the value itself where there is one sample
 * @param high the upper end
 * @param samples how many repeats it rests on
 */
public record Recovery(
    String name, String unit, double value, double low, double high, int samples) {}
