package dev.holdfast.report.budget;

import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Something a load can be held to.
 *
 * @param name as in {@code holdfast.yaml}; its last word is the unit
 * @param bound whether the limit is the most or the least allowed
 * @param samplesNeeded below this a measurement says nothing
 * @param measure takes the value from a load; empty when the load did not measure it
 */
record Budget(
    String name,
    String unit,
    Bound bound,
    long samplesNeeded,
    Function<LoadResult, Optional<Measured>> measure) {

  /** Which side of the limit is good. */
  enum Bound {
    AT_MOST,
    AT_LEAST
  }

  /** A value and how many observations it stands on. */
  record Measured(double value, long samples) {}

  /** A percentile of a latency, which needs {@link Percentiles#samplesFor} so many samples. */
  static Budget percentile(
      String name, String kind, double percent, ToLongFunction<Percentiles> valueUs) {
    return new Budget(
        name,
        "ms",
        Bound.AT_MOST,
        Percentiles.samplesFor(percent),
        load ->
            load.latency(kind)
                .filter(p -> p.samples() > 0)
                .map(p -> new Measured(valueUs.applyAsLong(p) / 1_000.0, p.samples())));
  }

  /** The slowest of all; one sample is enough, for there is nothing beyond it. */
  static Budget slowest(String name, String kind) {
    return new Budget(
        name,
        "ms",
        Bound.AT_MOST,
        1,
        load ->
            load.latency(kind)
                .filter(p -> p.samples() > 0)
                .map(p -> new Measured(p.maxUs() / 1_000.0, p.samples())));
  }

  /** How many of the connection attempts reached their greeting. */
  static Budget connectionSuccess(String name) {
    return new Budget(
        name,
        "percent",
        Bound.AT_LEAST,
        1,
        load -> {
          double share = 100.0 * (load.attempts() - load.failedAttempts()) / load.attempts();
          return load.attempts() == 0
              ? Optional.empty()
              : Optional.of(new Measured(share, load.attempts()));
        });
  }

  /** How many of the conversations lost, repeated or reordered something. */
  static Budget brokenConversations(String name) {
    return new Budget(
        name,
        "conversations",
        Bound.AT_MOST,
        1,
        load ->
            load.conversationsChecked() == 0
                ? Optional.empty()
                : Optional.of(
                    new Measured(load.conversationsBroken(), load.conversationsChecked())));
  }
}
