package dev.holdfast.report.format;

import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import dev.holdfast.report.result.Tally;
import java.util.List;
import java.util.Locale;

/** A load as words and cells, for the formats that show it as text. */
final class PlainLoad {
  private PlainLoad() {}

  /** What was done and whether it held, in a sentence. */
  static String summary(LoadResult load) {
    String broken =
        load.conversationsBroken() == 0 ? "none" : Words.count(load.conversationsBroken());
    return String.format(
        Locale.ROOT,
        "%s people, %s, %s; %s checked, %s broken; %s, %s; at most %s",
        Words.count(load.people()),
        Words.duration(load.durationMs()),
        Words.count(load.messages(), "message"),
        Words.count(load.conversationsChecked(), "conversation"),
        broken,
        Words.count(load.reconnects(), "reconnect"),
        Words.count(load.failedAttempts(), "failed attempt"),
        Words.count(load.queuedMost(), "message") + " queued");
  }

  /** The headings over {@link #cells}. */
  static List<String> headings() {
    return List.of("samples", "p50", "p90", "p95", "p99", "p99.9", "max");
  }

  /** Said below {@link #cells} where some are in parentheses. */
  static final String THIN = "(…): fewer than ten samples lie beyond it, so that one decides.";

  /** Samples, then percentiles in milliseconds; in parentheses what stands on too few samples. */
  static List<String> cells(Percentiles p) {
    return List.of(
        Words.count(p.samples()),
        cell(p, 50, p.p50Us()),
        cell(p, 90, p.p90Us()),
        cell(p, 95, p.p95Us()),
        cell(p, 99, p.p99Us()),
        cell(p, 99.9, p.p999Us()),
        p.samples() == 0 ? "–" : Words.millis(p.maxUs()));
  }

  private static String cell(Percentiles p, double percent, long us) {
    if (p.samples() == 0) {
      return "–";
    }
    boolean enough = p.samples() >= Percentiles.samplesFor(percent);
    return enough ? Words.millis(us) : "(" + Words.millis(us) + ")";
  }

  /** Kinds of which something was timed. */
  static List<Percentiles> timed(LoadResult load) {
    return load.latencies().stream().filter(p -> p.samples() > 0).toList();
  }

  /** Whether {@link #THIN} has to be said. */
  static boolean thin(LoadResult load) {
    return timed(load).stream().anyMatch(p -> p.samples() < Percentiles.samplesFor(99.9));
  }

  /** The loads tried one after the other, a line each; empty when there was only one. */
  static List<String> steps(LoadResult load) {
    return load.steps().stream()
        .map(s ->
            String.format(
                Locale.ROOT,
                "%s people: %s answers a second, first frame p50 %s ms, p99 %s ms: %s",
                Words.count(s.people()),
                Tally.number(s.perSecond()),
                Words.millis(s.firstFrameP50Us()),
                Words.millis(s.firstFrameP99Us()),
                s.held() ? "held" : s.broke()))
        .toList();
  }
}
