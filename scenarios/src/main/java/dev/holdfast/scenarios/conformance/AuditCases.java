package dev.holdfast.scenarios.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Case.Turn;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Section audit, for targets that declare their log: it tells what a conversation was. */
final class AuditCases {
  private static final String SECRET_WORDS = "the-words-of-this-message-are-nobodys-business";

  static final List<Case> ALL =
      List.of(
          told("audit/json-lines", "The log is text for people.", (b, session) -> {}),
          told(
              "audit/entry-fields",
              "Entries lack what is needed to put them in order.",
              (b, session) -> {
                for (JsonNode entry : entries(b, session)) {
                  for (String field : List.of("timestamp", "entry", "event", "prev", "hash")) {
                    if (entry.path(field).isMissingNode()) {
                      throw new Mismatch("entries with " + field, entry.toString());
                    }
                  }
                }
              }),
          told(
              "audit/content-is-hashed",
              "What people say is written into the log.",
              (b, session) -> {
                for (String line : lines(b)) {
                  if (line.contains(SECRET_WORDS)) {
                    throw new Mismatch("a hash in place of the content", line);
                  }
                }
              }),
          told("audit/records-connect", "Connects are not recorded.", records("connect")),
          told(
              "audit/records-message-accepted",
              "Messages are not recorded.",
              records("message_accepted")),
          told("audit/records-run-ended", "Ends are not recorded.", records("run_ended")),
          told("audit/records-tool-call", "Tools are not recorded.", records("tool_call")),
          told(
              "audit/records-disconnect",
              "The end of a connection is not recorded.",
              records("disconnect")));

  private AuditCases() {}

  /** What is looked for after a conversation. */
  private interface Look {
    void at(Bench b, String session) throws Finds, InterruptedException;
  }

  private static Case told(String clause, String cause, Look look) {
    return Case.of(
            clause,
            cause,
            b -> {
              String session = b.session();
              Talk t = b.connect(session);
              t.says(b.plain() + " " + SECRET_WORDS);
              t.answer();
              t.ends(Ending.CLOSE);
              t.closed();
              awaitEntries(b, session);
              look.at(b, session);
            },
            Need.AUDIT)
        .at(Turn.TOGETHER);
  }

  private static Look records(String event) {
    return (b, session) -> {
      long until = b.log().nowMs() + b.pace().patienceMs();
      while (entries(b, session).stream().noneMatch(e -> e.path("event").asText().equals(event))) {
        if (b.log().nowMs() > until) {
          throw new Mismatch("an entry with event " + event, entries(b, session).toString());
        }
        b.pause(20);
      }
    };
  }

  private static void awaitEntries(Bench b, String session) throws Finds, InterruptedException {
    long until = b.log().nowMs() + b.pace().patienceMs();
    while (entries(b, session).isEmpty()) {
      if (b.log().nowMs() > until) {
        throw new Mismatch("entries about session " + session, "none");
      }
      b.pause(20);
    }
  }

  private static List<JsonNode> entries(Bench b, String session) throws Finds {
    List<JsonNode> entries = new ArrayList<>();
    for (String line : lines(b)) {
      JsonNode entry = Json.readOrNull(line);
      if (entry == null || !entry.isObject()) {
        throw new Mismatch("a JSON object a line", line);
      }
      if (entry.path("session_id").asText().equals(session)) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** All whole lines; the last one may be half written. */
  private static List<String> lines(Bench b) throws Finds {
    Path log = Objects.requireNonNull(b.target().audit());
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(log, 1)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String text = Files.readString(file);
        lines.addAll(text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
      }
    } catch (IOException e) {
      throw new Unclear("the audit log cannot be read: " + e.getMessage());
    }
    return lines;
  }
}
