package dev.holdfast.cli.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryCodec;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.scenarios.chaos.Verdicts;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Under which rules a history was judged, {@code rules.json} beside it: all that its judges need.
 *
 * @param ownServer whether its server was started for it alone, so that no other log tells of it
 */
public record Rules(
    Profile profile, Backoff backoff, String durability, List<String> checkers, boolean ownServer) {
  static final String FILE = "rules.json";
  static final String HISTORY = "history.jsonl";

  public Rules {
    checkers = List.copyOf(checkers);
  }

  /** As text. */
  public String json() {
    try {
      return JsonFormat.MAPPER.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always JSON", e);
    }
  }

  static Rules read(Path folder) throws IOException {
    return JsonFormat.MAPPER.readValue(Files.readString(folder.resolve(FILE)), Rules.class);
  }

  static List<HistoryRecord> history(Path folder) throws IOException {
    List<HistoryRecord> records = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(HISTORY))) {
      records.add(HistoryCodec.read(line));
    }
    return records;
  }

  /** What the judges say of a history. */
  List<CheckResult> judge(List<HistoryRecord> records) {
    History history = new History(records, profile, backoff, durability);
    return checkers.stream()
        .map(name -> Verdicts.result(name, Checkers.named(name).judge(history)))
        .toList();
  }
}
