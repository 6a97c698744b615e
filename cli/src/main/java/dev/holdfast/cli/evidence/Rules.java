package dev.holdfast.cli.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryCodec;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Finding;
import dev.holdfast.scenarios.audit.AuditEntry;
import dev.holdfast.scenarios.blame.Accounts;
import dev.holdfast.scenarios.chaos.Verdicts;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.check.Premise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Under which rules a history was judged, {@code rules.json} beside it: all that its judges need.
 *
 * @param ownServer whether its server was started for it alone, so that no other log tells of it
 * @param missed the step of a script that did not go as written, in words; null when all did
 * @param premise what the history had to prove before it was judged; of an older bundle nothing
 * @param plays how often it was played; of several the history is that of the worst
 */
public record Rules(
    Profile profile,
    Backoff backoff,
    String durability,
    List<String> checkers,
    boolean ownServer,
    @Nullable String missed,
    @Nullable Premise premise,
    int plays) {
  static final String FILE = "rules.json";
  static final String HISTORY = "history.jsonl";

  /** The server's own journal of a story that somebody is to be blamed for. */
  public static final String LOG = "server-log.jsonl";

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
    History history = over(records);
    return checkers.stream()
        .map(name -> Verdicts.result(name, Checkers.named(name).judge(history)))
        .toList();
  }

  /**
   * A finding anew, from its history and what its server wrote down: verdict, words, frames, blame,
   * figures and pictures.
   */
  Finding again(Finding said, List<HistoryRecord> records, List<AuditEntry> log) {
    History history = over(records);
    return Accounts.with(Verdicts.again(said, checkers, proven(), history, missed), history, log);
  }

  private Premise proven() {
    return premise == null ? Premise.NONE : premise;
  }

  /** What a server wrote down of a story, a line each. */
  public static String log(List<AuditEntry> entries) {
    StringBuilder lines = new StringBuilder();
    try {
      for (AuditEntry entry : entries) {
        lines.append(JsonFormat.MAPPER.writeValueAsString(entry)).append('\n');
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always JSON", e);
    }
    return lines.toString();
  }

  /** What a server wrote down; nothing where nobody was to be blamed. */
  static List<AuditEntry> log(Path folder) throws IOException {
    List<AuditEntry> entries = new ArrayList<>();
    if (Files.exists(folder.resolve(LOG))) {
      for (String line : Files.readAllLines(folder.resolve(LOG))) {
        entries.add(JsonFormat.MAPPER.readValue(line, AuditEntry.class));
      }
    }
    return entries;
  }

  private History over(List<HistoryRecord> records) {
    return new History(records, profile, backoff, durability);
  }
}
