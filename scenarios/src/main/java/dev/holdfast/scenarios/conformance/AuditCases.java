package dev.holdfast.scenarios.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.List;

/** Section audit, for targets that declare their log: it tells what a conversation was. */
final class AuditCases {
  private static final String TOLD = "a conversation ended, and the audit log tells of it";

  static final List<Case> ALL =
      List.of(
          Case.of("audit/json-lines", "The log is text for people.", Need.AUDIT)
              .given("a conversation ended, and the audit log has lines", AuditLog::ofAConversation)
              .then((b, log) -> isJson(log)),
          Case.of("audit/entry-fields", "Entries lack what puts them in order.", Need.AUDIT)
              .given(TOLD, AuditCases::inOurWords)
              .then((b, log) -> hasFields(log)),
          Case.of("audit/content-is-hashed", "What people say is written into the log.", Need.AUDIT)
              .given(TOLD, AuditLog::tellingOfAConversation)
              .then((b, log) -> isSilent(log)),
          told("audit/records-connect", "Connects are not recorded.", "connect"),
          told("audit/records-message-accepted", "Messages are not recorded.", "message_accepted"),
          told("audit/records-run-ended", "Ends are not recorded.", "run_ended"),
          Case.of("audit/records-tool-call", "Tools are not recorded.", Need.AUDIT)
              .given(TOLD + ", in which a tool was used", AuditCases::withATool)
              .then((b, log) -> log.records("tool_call")),
          told(
              "audit/records-disconnect",
              "The end of a connection is not recorded.",
              "disconnect"));

  private AuditCases() {}

  private static Case told(String clause, String cause, String event) {
    return Case.of(clause, cause, Need.AUDIT)
        .given(TOLD, AuditLog::tellingOfAConversation)
        .then((b, log) -> log.records(event));
  }

  private static AuditLog inOurWords(Bench b) throws Finds, InterruptedException {
    if (!b.target().auditWords().standard()) {
      throw new Inapplicable("the log is in words of its own (target.audit_mapping)");
    }
    return AuditLog.tellingOfAConversation(b);
  }

  private static AuditLog withATool(Bench b) throws Finds, InterruptedException {
    AuditLog log = AuditLog.tellingOfAConversation(b);
    if (log.heard().stream().noneMatch(e -> e.type().equals("tool_execution"))) {
      throw new Inapplicable("no tool was used in the conversation");
    }
    return log;
  }

  private static void isJson(AuditLog log) throws Finds {
    for (String line : log.lines()) {
      JsonNode entry = Json.readOrNull(line);
      if (entry == null || !entry.isObject()) {
        throw new Mismatch("a JSON object a line", line);
      }
    }
  }

  private static void hasFields(AuditLog log) throws Finds {
    for (JsonNode entry : log.entries()) {
      for (String field : List.of("timestamp", "entry", "event", "prev", "hash")) {
        if (entry.path(field).isMissingNode()) {
          throw new Mismatch("entries with " + field, entry.toString());
        }
      }
    }
  }

  private static void isSilent(AuditLog log) throws Finds {
    for (String line : log.lines()) {
      if (line.contains(AuditLog.SECRET_WORDS)) {
        throw new Mismatch("a hash in place of the content", line);
      }
    }
  }
}
