package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A history made by hand, a line of the story each; ana's client saw it unless it says more. */
final class Story {
  private final List<HistoryRecord> records = new ArrayList<>();
  private String client = "ana";
  private long nowMs;
  private @Nullable String connection;

  /** What was invented so far, as judges read it; attempts wait 100 to 150 ms, at most 400. */
  History in(Profile profile) {
    return new History(records, profile, new Backoff(100, 350, 50, 4));
  }

  History core() {
    return in(Profile.CORE);
  }

  Story after(long ms) {
    nowMs += ms;
    return this;
  }

  Story connects(int number) {
    connection = Integer.toString(number);
    return state("dial").state("connected");
  }

  Story loses() {
    return state("closed", "code", 1006L);
  }

  /** What follows happens to the client of this name. */
  Story at(String name) {
    client = name;
    return this;
  }

  Story says(String id) {
    return add(Kind.INVOKE, "say", "id", id);
  }

  Story writes(String id) {
    String text = "{\"type\":\"message\",\"data\":{\"content\":\"hi\"},\"id\":\"" + id + "\"}";
    return add(Kind.FRAME, "message", "direction", "out", "id", id, "text", text);
  }

  /** The client hands a message to its connection, which is gone already. */
  Story misses(String id) {
    return add(Kind.FRAME, "message", "direction", "out", "id", id, "unsent", true);
  }

  /** An answer arrives that names its message and no run. */
  Story answeredBare(String id) {
    String text =
        "{\"type\":\"message\",\"data\":{\"content\":\"done\"},\"reply_to\":\"" + id + "\"}";
    return add(Kind.FRAME, "message", "direction", "in", "reply_to", id, "text", text);
  }

  /** An answer arrives that names its message and its run. */
  Story answered(String id, String run) {
    return answered(id, run, -1);
  }

  Story answered(String id, String run, long seq) {
    String text =
        "{\"type\":\"message\",\"data\":{\"content\":\"done\"},\"reply_to\":\""
            + id
            + "\",\"run_id\":\""
            + run
            + (seq < 0 ? "\"}" : "\",\"seq\":" + seq + "}");
    return add(
        Kind.FRAME,
        "message",
        "direction",
        "in",
        "reply_to",
        id,
        "run_id",
        run,
        "text",
        text,
        "seq",
        seq);
  }

  /** An answer as a plain server sends it: it says nothing but its content. */
  Story answeredPlainly() {
    String text = "{\"type\":\"message\",\"data\":{\"content\":\"done\"}}";
    return add(Kind.FRAME, "message", "direction", "in", "text", text);
  }

  /** A tool of a run says something. */
  Story tool(String run) {
    String text =
        "{\"type\":\"tool_execution\",\"data\":{\"tool\":\"t\",\"status\":\"running\"},\"run_id\":\""
            + run
            + "\"}";
    return add(Kind.FRAME, "tool_execution", "direction", "in", "run_id", run, "text", text);
  }

  Story drained(long retryAfterMs) {
    String text =
        "{\"type\":\"status\",\"data\":{\"status\":\"drain\",\"retry_after_ms\":"
            + retryAfterMs
            + "}}";
    return add(Kind.FRAME, "status", "direction", "in", "status", "drain", "text", text);
  }

  Story refusedFor(long retryAfterMs) {
    return state("refused", "status", 503L, "retry_after_ms", retryAfterMs);
  }

  Story ok(String id) {
    return add(Kind.OK, "say", "id", id);
  }

  Story fails(String id, String code) {
    return add(Kind.FAIL, "say", "id", id, "code", code);
  }

  Story inDoubt(String id, String code) {
    return add(Kind.INDETERMINATE, "say", "id", id, "code", code);
  }

  Story waits(long attempt, long delayMs) {
    return state("reconnecting", "attempt", attempt, "delay_ms", delayMs);
  }

  Story retries() {
    return add(Kind.INVOKE, "retry");
  }

  Story dials() {
    return state("dial");
  }

  Story givesUp() {
    return state("disconnected");
  }

  Story fault(String phase, long bites) {
    return fault("down", phase, bites);
  }

  Story fault(String name, String phase, long bites) {
    records.add(record(Source.PROXY, "faults", Kind.FAULT, name, "phase", phase, "bites", bites));
    return this;
  }

  private Story state(String op, Object... data) {
    return add(Kind.STATE, op, data);
  }

  private Story add(Kind kind, String op, Object... data) {
    records.add(record(Source.CLIENT, client, kind, op, data));
    return this;
  }

  private HistoryRecord record(
      Source source, String process, Kind kind, String op, Object... data) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < data.length; i += 2) {
      map.put((String) data[i], data[i + 1]);
    }
    long n = records.size() + 1L;
    long nanos = nowMs * 1_000_000;
    return new HistoryRecord(
        source, process, n, nanos, "2026-01-01T00:00:00Z", "s", connection, kind, op, null, map);
  }
}
