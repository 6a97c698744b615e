package dev.holdfast.report.format.html;

import dev.holdfast.report.format.Words;
import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import java.util.List;

/** One load as the page shows it. */
public record LoadView(LoadResult load, List<Tile> tiles, List<Chart> charts) {

  /**
   * A number and what it counts.
   *
   * @param bad true when the number should be 0 and is not
   */
  public record Tile(String value, String name, boolean bad) {}

  /**
   * A percentile in milliseconds.
   *
   * @param thin true when fewer than ten samples lie beyond it
   */
  public record Cell(String value, boolean thin) {}

  static LoadView of(LoadResult load) {
    return new LoadView(load, tiles(load), charts(load));
  }

  private static List<Tile> tiles(LoadResult load) {
    return List.of(
        tile(load.people(), "people"),
        new Tile(Words.duration(load.durationMs()), "duration", false),
        tile(load.messages(), "messages"),
        tile(load.conversationsChecked(), "conversations checked"),
        zero(load.conversationsBroken(), "conversations broken"),
        tile(load.reconnects(), "reconnects"),
        zero(load.failedAttempts(), "failed attempts"));
  }

  private static Tile tile(long n, String name) {
    return new Tile(Words.count(n), name, false);
  }

  private static Tile zero(long n, String name) {
    return new Tile(Words.count(n), name, n > 0);
  }

  private static List<Chart> charts(LoadResult load) {
    List<LoadPoint> series = load.series();
    if (series.size() < 2) {
      return List.of();
    }
    List<LoadPoint> answered = series.stream().filter(p -> p.answers() > 0).toList();
    Chart latency =
        Chart.of(
            "Time to an answer, ms",
            load.durationMs(),
            Chart.line("slowest 1 %", "p99", answered, p -> p.answerP99Us() / 1_000.0),
            Chart.line("median", "p50", answered, p -> p.answerP50Us() / 1_000.0));
    Chart connections =
        Chart.of(
            "Open connections",
            load.durationMs(),
            Chart.line("connections", "connections", series, LoadPoint::connections));
    return answered.size() < 2 ? List.of(connections) : List.of(latency, connections);
  }

  /** Percentiles in milliseconds, in the order of the table's headings. */
  public List<Cell> cells(Percentiles p) {
    return List.of(
        cell(p, 50, p.p50Us()),
        cell(p, 90, p.p90Us()),
        cell(p, 95, p.p95Us()),
        cell(p, 99, p.p99Us()),
        cell(p, 99.9, p.p999Us()),
        new Cell(p.samples() == 0 ? "–" : Words.millis(p.maxUs()), false));
  }

  private static Cell cell(Percentiles p, double percent, long us) {
    boolean thin = p.samples() < Percentiles.samplesFor(percent);
    return new Cell(p.samples() == 0 ? "–" : Words.millis(us), thin);
  }

  /** True when some percentile stands on too few samples. */
  public boolean thin() {
    return load.latencies().stream().anyMatch(p -> cells(p).stream().anyMatch(Cell::thin));
  }

  public String name(Percentiles p) {
    return switch (p.kind()) {
      case Percentiles.FIRST_FRAME -> "Message to first frame";
      case Percentiles.ANSWER -> "Message to answer";
      case Percentiles.CONNECT -> "Connect to greeting";
      default -> Words.spaced(p.kind());
    };
  }
}
