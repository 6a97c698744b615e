package dev.holdfast.report.format.html;

import dev.holdfast.report.format.Visible;
import dev.holdfast.report.format.Words;
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
    return new LoadView(load, tiles(load), LoadCharts.of(load));
  }

  private static List<Tile> tiles(LoadResult load) {
    return List.of(
        tile(load.people(), "people"),
        new Tile(Words.duration(load.durationMs()), "duration", false),
        tile(load.messages(), "messages"),
        tile(load.conversationsChecked(), "conversations checked"),
        zero(load.conversationsBroken(), "conversations broken"),
        tile(load.reconnects(), "reconnects"),
        zero(load.failedAttempts(), "failed attempts"),
        tile(load.queuedMost(), "queued at most"));
  }

  private static Tile tile(long n, String name) {
    return new Tile(Words.count(n), name, false);
  }

  private static Tile zero(long n, String name) {
    return new Tile(Words.count(n), name, n > 0);
  }

  /** How it was driven, beside its profile. */
  public String how() {
    String model = load.model().isEmpty() ? "" : ", " + Visible.of(load.model()) + " model";
    return model + (load.injectors() > 1 ? ", " + load.injectors() + " injectors" : "");
  }

  /** Kinds of which something was timed. */
  public List<Percentiles> timed() {
    return load.latencies().stream().filter(p -> p.samples() > 0).toList();
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
    return timed().stream().anyMatch(p -> cells(p).stream().anyMatch(Cell::thin));
  }

  public String name(Percentiles p) {
    return switch (p.kind()) {
      case Percentiles.FIRST_FRAME -> "Message to first frame";
      case Percentiles.ANSWER -> "Message to answer";
      case Percentiles.FIRST_STATUS -> "Message to first status";
      case Percentiles.FIRST_TOKEN -> "Message to first token";
      case Percentiles.ANSWER_UNCORRECTED -> "… from when it was said";
      case Percentiles.ANSWER_AFTER_DROP -> "… across a lost connection";
      case Percentiles.HTTP_ANSWER -> "Message to answer, HTTP";
      case Percentiles.CONNECT -> "Connect to greeting";
      case Percentiles.BACK -> "Connection lost to back";
      case Percentiles.PING -> "Ping to pong";
      default -> Words.spaced(p.kind());
    };
  }
}
