package dev.holdfast.report.result;

import java.util.List;

/**
 * What Gatling's own report says of a load, in its own milliseconds.
 *
 * @param link to its page, from the report directory
 */
public record GatlingSummary(String link, List<Row> rows) {

  /** One kind of request as Gatling counted it. */
  public record Row(
      String request, long ok, long failed, long p50Ms, long p95Ms, long p99Ms, long maxMs) {}

  public GatlingSummary {
    rows = List.copyOf(rows);
  }
}
