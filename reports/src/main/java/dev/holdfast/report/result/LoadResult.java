package dev.holdfast.report.result;

import static java.util.Objects.requireNonNullElse;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
 * @param model {@code open} where messages are due on a schedule, {@code closed} where each waits
 *     for the answer before; empty when that is not known
 * @param injectors how many processes talked
 * @param spread how people came back after a loss; empty when nobody lost anything
 * @param steps the smaller and larger loads tried beside this one; empty when it was the only one
 * @param gatling what Gatling's own reports say, one an injector
 * @param brokenBy how many conversations each checker found broken; those that found none are left
 *     out
 * @param connectionBytes memory that one idle connection takes; null where nobody could look
 * @param faults what was done to it on purpose; empty when nothing was
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
    List<LoadPoint> series,
    String model,
    int injectors,
    List<LoadSpread> spread,
    List<LoadStep> steps,
    List<GatlingSummary> gatling,
    Map<String, Long> brokenBy,
    @Nullable Long connectionBytes,
    List<LoadFault> faults) {

  public LoadResult {
    latencies = List.copyOf(latencies);
    series = List.copyOf(series);
    model = requireNonNullElse(model, "");
    spread = List.copyOf(spread);
    steps = List.copyOf(steps);
    gatling = List.copyOf(gatling);
    faults = List.copyOf(requireNonNullElse(faults, List.of()));
    brokenBy = Collections.unmodifiableMap(new TreeMap<>(requireNonNullElse(brokenBy, Map.of())));
  }

  /** A load of one injector, of which no more is known. */
  public LoadResult(
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
    this(
        profile,
        people,
        durationMs,
        conversationsChecked,
        conversationsBroken,
        messages,
        attempts,
        failedAttempts,
        reconnects,
        latencies,
        series,
        "",
        1,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        null,
        List.of());
  }

  /** The same load among others. */
  public LoadResult with(List<LoadStep> tried) {
    return with(tried, gatling, connectionBytes, faults);
  }

  /** The same load as Gatling saw it. */
  public LoadResult withGatling(List<GatlingSummary> summaries) {
    return with(steps, summaries, connectionBytes, faults);
  }

  /** The same load with what one idle connection takes. */
  public LoadResult withConnectionBytes(long bytes) {
    return with(steps, gatling, bytes, faults);
  }

  /** The same load with what was done to it. */
  public LoadResult withFaults(List<LoadFault> done) {
    return with(steps, gatling, connectionBytes, done);
  }

  private LoadResult with(
      List<LoadStep> tried,
      List<GatlingSummary> summaries,
      @Nullable Long bytes,
      List<LoadFault> done) {
    return new LoadResult(
        profile,
        people,
        durationMs,
        conversationsChecked,
        conversationsBroken,
        messages,
        attempts,
        failedAttempts,
        reconnects,
        latencies,
        series,
        model,
        injectors,
        spread,
        tried,
        summaries,
        brokenBy,
        bytes,
        done);
  }

  /** The most messages that waited in the clients at any moment. */
  public long queuedMost() {
    return series.stream().mapToLong(LoadPoint::queued).max().orElse(0);
  }

  /** The distribution of one kind of latency, if it was measured. */
  public Optional<Percentiles> latency(String kind) {
    return latencies.stream().filter(p -> p.kind().equals(kind)).findFirst();
  }
}
