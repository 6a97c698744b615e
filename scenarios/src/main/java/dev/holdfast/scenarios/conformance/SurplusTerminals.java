package dev.holdfast.scenarios.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.report.result.Direction;
import dev.holdfast.report.result.TraceLine;
import dev.holdfast.scenarios.conformance.schema.Complaint;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.WireLog;
import dev.holdfast.scenarios.model.Dialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks for answers that came more than once to one connection, in the log of a case.
 *
 * <p>The rule is narrow, so that it accuses no server falsely. Two answers are the same one where both
 * name the same message in {@code reply_to}, or where they do not differ in one character, of a
 * timestamp in milliseconds too. A server may send an answer again to a later connection, and once
 * more for each time that a message was said again. Not looked at are replays that are marked,
 * connections in profile resume, and cases that also say messages over HTTP.
 */
final class SurplusTerminals {
  private static final String CLAUSE = "conversation/one-terminal-frame";

  /** Two answers made at different times differ in such a timestamp. */
  private static final Pattern FINE = Pattern.compile(".*:\\d\\d\\.(?!0+\\D)\\d{3,}.*");

  private final Set<String> ids = new HashSet<>();
  private final Map<String, Integer> said = new HashMap<>();
  private final Map<String, Integer> came = new HashMap<>();
  private final List<Complaint> found = new ArrayList<>();
  private int again;

  private SurplusTerminals() {}

  /**
   * The answers that came too often.
   *
   * @param resuming names of connections that are not looked at
   */
  static List<Complaint> in(
      String caseAddress, WireLog log, Dialect dialect, Set<String> resuming) {
    return log.isWhole() ? in(caseAddress, log.lines(), dialect, resuming) : List.of();
  }

  static List<Complaint> in(
      String caseAddress, List<TraceLine> lines, Dialect dialect, Set<String> resuming) {
    SurplusTerminals counts = new SurplusTerminals();
    if (lines.stream().anyMatch(line -> line.connection().equals("http"))) {
      return List.of();
    }
    List<TraceLine> looked = lines.stream().filter(l -> !resuming.contains(l.connection())).toList();
    looked.stream()
        .filter(line -> line.direction() == Direction.SENT)
        .forEach(line -> counts.sent(line, dialect));
    looked.stream()
        .filter(line -> line.direction() == Direction.RECEIVED)
        .forEach(line -> counts.received(line, dialect, caseAddress));
    return counts.found;
  }

  /** Everything that may reach the server as a message counts as one, damaged or not. */
  private void sent(TraceLine line, Dialect dialect) {
    Event.Text frame = frame(line, dialect);
    boolean other = !frame.json().isObject() && !line.text().startsWith("close ");
    if (!frame.type().equals("message") && !other) {
      return;
    }
    said.merge(line.connection(), 1, Integer::sum);
    String id = frame.field("id");
    again += !id.isEmpty() && !ids.add(id) ? 1 : 0;
  }

  private void received(TraceLine line, Dialect dialect, String caseAddress) {
    Event.Text frame = frame(line, dialect);
    if (!frame.isAnswer() || frame.isReplay()) {
      return;
    }
    boolean named = ids.contains(frame.field("reply_to"));
    if (!named && !isDated(frame)) {
      return;
    }
    String key = line.connection() + " " + (named ? frame.field("reply_to") : line.text());
    int allowed = again + (named ? 1 : Math.max(1, said.getOrDefault(line.connection(), 0)));
    if (came.merge(key, 1, Integer::sum) == allowed + 1) {
      String where = caseAddress + " on connection " + line.connection();
      String what = "came " + (allowed + 1) + " times to one connection, its last copy";
      found.add(new Complaint(CLAUSE, "the terminal frame", what, where, line.text()));
    }
  }

  /** Whether another answer of the same words would have another timestamp. */
  static boolean isDated(Event.Text frame) {
    return FINE.matcher(frame.field("timestamp")).matches();
  }

  private static Event.Text frame(TraceLine line, Dialect dialect) {
    Event.Text theirs = Event.Text.of(line.atMs(), line.text());
    JsonNode ours = dialect.isNone() ? theirs.json() : dialect.ours(theirs.json());
    return theirs.reading(ours);
  }
}
