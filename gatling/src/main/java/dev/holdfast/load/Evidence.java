package dev.holdfast.load;

import dev.holdfast.protocol.journal.HistoryCodec;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.Direction;
import dev.holdfast.report.result.TraceLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A kept conversation as a person reads it: its last frames and events. */
final class Evidence {
  private static final int MOST_LINES = 200;

  private Evidence() {}

  static List<TraceLine> read(Path history) throws IOException {
    try (var lines = Files.lines(history)) {
      List<HistoryRecord> records = lines.map(HistoryCodec::read).toList();
      long began = records.isEmpty() ? 0 : records.getFirst().monoNs();
      List<TraceLine> all =
          records.stream().filter(Evidence::tells).map(r -> line(r, began)).toList();
      return all.subList(Math.max(0, all.size() - MOST_LINES), all.size());
    }
  }

  /** What repeats a frame in other words is left out. */
  private static boolean tells(HistoryRecord r) {
    return switch (r.kind()) {
      case FRAME, FAIL, INDETERMINATE, FAULT -> true;
      case STATE -> !r.op().equals("deliver") && !r.op().equals("latency");
      case INVOKE, OK -> false;
    };
  }

  private static TraceLine line(HistoryRecord r, long began) {
    String on = r.connection() == null ? r.process() : r.process() + "#" + r.connection();
    String text = r.text("text");
    return new TraceLine(
        (r.monoNs() - began) / 1_000_000,
        on,
        direction(r),
        text != null ? text : r.op() + (r.data().isEmpty() ? "" : " " + r.data()));
  }

  private static Direction direction(HistoryRecord r) {
    return switch (r.kind()) {
      case FRAME -> "in".equals(r.text("direction")) ? Direction.RECEIVED : Direction.SENT;
      case FAULT -> Direction.FAULT;
      default -> Direction.EVENT;
    };
  }
}
