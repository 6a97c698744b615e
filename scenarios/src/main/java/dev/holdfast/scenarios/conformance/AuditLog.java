package dev.holdfast.scenarios.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the declared audit log tells of one conversation, which has ended.
 *
 * @param heard the frames that the client got
 */
record AuditLog(Bench bench, String session, List<Event.Text> heard) {
  /** Words of the message that was said; no log may hold them. */
  static final String SECRET_WORDS = "the-words-of-this-message-are-nobodys-business";

  AuditLog {
    heard = List.copyOf(heard);
  }

  /** A conversation: a message that may use tools, its answer, a close that was answered. */
  static AuditLog ofAConversation(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    Talk talk = b.connect(session);
    String tools = b.target().stimulus(Stimulus.TWO_TOOLS);
    talk.says((tools == null ? b.plain() : tools) + " " + SECRET_WORDS);
    talk.answer();
    talk.ends(Ending.CLOSE);
    talk.closed();
    AuditLog log = new AuditLog(b, session, talk.heard());
    log.awaitLines();
    return log;
  }

  /** The same, of which the log tells something. */
  static AuditLog tellingOfAConversation(Bench b) throws Finds, InterruptedException {
    AuditLog log = ofAConversation(b);
    long untilMs = b.log().nowMs() + b.pace().patienceMs();
    while (log.entries().isEmpty()) {
      if (b.log().nowMs() > untilMs) {
        throw new Unclear(
            "the declared audit log tells nothing of session "
                + log.session
                + ": is target.audit right?");
      }
      b.pause(20);
    }
    return log;
  }

  private void awaitLines() throws Finds, InterruptedException {
    long untilMs = bench.log().nowMs() + bench.pace().patienceMs();
    while (lines().isEmpty()) {
      if (bench.log().nowMs() > untilMs) {
        throw new Unclear("the declared audit log is empty: is target.audit right?");
      }
      bench.pause(20);
    }
  }

  /** An entry with this event comes; one that the declared words have no name for is not asked. */
  void records(String event) throws Finds, InterruptedException {
    if (!bench.target().auditWords().tells(event)) {
      throw new Inapplicable("target.audit_mapping names no event for " + event);
    }
    long untilMs = bench.log().nowMs() + bench.pace().patienceMs();
    while (entries().stream().noneMatch(e -> e.path("event").asText().equals(event))) {
      if (bench.log().nowMs() > untilMs) {
        throw Mismatch.absence("an entry with event " + event, entries().toString());
      }
      bench.pause(20);
    }
  }

  /** The entries about this session, in the protocol's words; what is no entry is passed over. */
  List<JsonNode> entries() throws Finds {
    List<JsonNode> entries = new ArrayList<>();
    for (String line : lines()) {
      JsonNode theirs = Json.readOrNull(line);
      JsonNode entry = theirs == null ? null : bench.target().auditWords().ours(theirs);
      if (entry != null && entry.path("session_id").asText().equals(session)) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** All whole lines; the last one may be half written. */
  List<String> lines() throws Finds {
    Path log = Objects.requireNonNull(bench.target().audit());
    if (!Files.exists(log)) {
      throw new Unclear("there is no audit log at " + log + ": is target.audit right?");
    }
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(log, 1)) {
      for (Path file : files.filter(f -> isLog(f, log)).sorted().toList()) {
        String text = Files.readString(file);
        lines.addAll(text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
      }
    } catch (IOException e) {
      throw new Unclear("the audit log cannot be read: " + e.getMessage());
    }
    return lines;
  }

  private static boolean isLog(Path file, Path log) {
    return Files.isRegularFile(file)
        && (file.equals(log) || file.toString().matches(".*\\.(jsonl|log)"));
  }
}
