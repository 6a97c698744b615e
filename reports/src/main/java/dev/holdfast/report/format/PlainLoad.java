package dev.holdfast.report.format;

import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A load as words and cells, for the formats that show it as text. */
final class PlainLoad {
  private PlainLoad() {}

  /** What was done and whether it held, in a sentence. */
  static String summary(LoadResult load) {
    String broken =
        load.conversationsBroken() == 0 ? "none" : Words.count(load.conversationsBroken());
    return "%s people, %s, %s; %s checked, %s broken; %s, %s"
        .formatted(
            Words.count(load.people()),
            Words.duration(load.durationMs()),
            Words.count(load.messages(), "message"),
            Words.count(load.conversationsChecked(), "conversation"),
            broken,
            Words.count(load.reconnects(), "reconnect"),
            Words.count(load.failedAttempts(), "failed attempt"));
  }

  /** The headings over {@link #cells}. */
  static List<String> headings() {
    return List.of("samples", "p50", "p90", "p95", "p99", "p99.9", "max");
  }

  /** Samples, then percentiles in milliseconds. */
  static List<String> cells(Percentiles p) {
    Stream<String> values =
        LongStream.of(p.p50Us(), p.p90Us(), p.p95Us(), p.p99Us(), p.p999Us(), p.maxUs())
            .mapToObj(us -> p.samples() == 0 ? "–" : Words.millis(us));
    return Stream.concat(Stream.of(Words.count(p.samples())), values).toList();
  }
}
