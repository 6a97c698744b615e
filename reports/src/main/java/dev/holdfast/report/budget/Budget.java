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

  /** How many of the conversations one checker found broken. */
  static Budget brokenBy(String name, String checker) {
    return new Budget(
        name,
        "conversations",
        Bound.AT_MOST,
        1,
        load ->
            load.conversationsChecked() == 0
                ? Optional.empty()
                : Optional.of(
                    new Measured(
                        load.brokenBy().getOrDefault(checker, 0L), load.conversationsChecked())));
  }

  /**
   * The 95th percentile of a time that is seen seldom: of so few samples the slowest is taken for
   * it. 59 samples put the percentile below the slowest with 95 % confidence, whatever the
   * distribution, since 0.95 to the 59th is below 0.05 (Wilks, Annals of Mathematical Statistics
   * 12, 1941); from 200 on it is read off as any other.
   */
  static Budget seldom95(String name, String kind) {
    return new Budget(
        name,
        "ms",
        Bound.AT_MOST,
        59,
        load ->
            load.latency(kind)
                .filter(p -> p.samples() > 0)
                .map(p ->
                    new Measured(
                        (p.samples() < Percentiles.samplesFor(95) ? p.maxUs() : p.p95Us())
                            / 1_000.0,
                        p.samples())));
  }

  /** What one idle connection takes. */
  static Budget connectionMemory(String name) {
    return new Budget(
        name,
        "kb",
        Bound.AT_MOST,
        1,
        load ->
            Optional.ofNullable(load.connectionBytes())
                .map(bytes -> new Measured(bytes / 1_024.0, 1)));
  }
}
