package dev.holdfast.report.result;

import java.util.List;
import java.util.Optional;

/**
 * What a load did and what was measured and checked under it.
 *
 * @param profile its shape: {@code smoke}, {@code steady} and so on
 * @param people how many talked at once
 * @param conversationsChecked how many histories the checkers read
 * @param conversationsBroken how many of those lost, repeated or reordered something
 * @param messages how many were said in all
 * @param attempts connection attempts in all
 * @param failedAttempts attempts that did not reach a greeting
 * @param reconnects connections that replaced a lost one
 * @param latencies one entry a kind
 * @param series the load over time
 */
public record LoadResult(
    String profile,
    int people,
    long durationMs,
    long conversationsChecked,
    long conversationsBroken,
    long messages,
    long attempts,
    long failedAttempts,
    long reconnects,
    List<Percentiles> latencies,
    List<LoadPoint> series) {

  public LoadResult {
    latencies = List.copyOf(latencies);
    series = List.copyOf(series);
  }

  /** The distribution of one kind of latency, if it was measured. */
  public Optional<Percentiles> latency(String kind) {
    return latencies.stream().filter(p -> p.kind().equals(kind)).findFirst();
  }
}
