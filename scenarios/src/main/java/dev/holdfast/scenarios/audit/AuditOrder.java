package dev.holdfast.scenarios.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What cannot be in that order, whoever wrote the log: a message is taken on before its tools are
 * called, those are called before its run ends, and a connection opens before it ends.
 *
 * <p>Only entries of one file are compared: how a stranger's files follow one another, their names
 * need not tell.
 */
final class AuditOrder {
  private final List<AuditEntry> entries;

  AuditOrder(List<AuditEntry> entries) {
    this.entries = entries;
  }

  /** Entries that stand before what has to come first, and what that is. */
  Map<AuditEntry, String> early() {
    Map<AuditEntry, String> early = new IdentityHashMap<>();
    Set<String> later = new HashSet<>();
    for (AuditEntry e : new ArrayList<>(entries).reversed()) {
      String about = e.file() + " " + e.message() + " ";
      switch (e.event()) {
        case "message_accepted", "http_chat", AuditProof.PUSH -> later.add(about + "accepted");
        case "tool_call" -> {
          note(early, e, later, about + "accepted", "its message was accepted");
          later.add(about + "tool_call");
          later.add(about + e.toolCall() + e.result());
          if (!"running".equals(e.result())) {
            note(early, e, later, about + e.toolCall() + "running", "its call began");
          }
        }
        case "run_ended" -> {
          note(early, e, later, about + "accepted", "its message was accepted");
          note(early, e, later, about + "tool_call", "a tool call of its run");
        }
        case "connect", "resume", "reset" -> later.add(e.file() + " opens " + e.connection());
        case "disconnect", "takeover", "heartbeat_timeout" ->
            note(early, e, later, e.file() + " opens " + e.connection(), "its connection opened");
        default -> {}
      }
    }
    return early;
  }

  private static void note(
      Map<AuditEntry, String> early, AuditEntry e, Set<String> later, String key, String what) {
    if (later.contains(key)) {
      early.putIfAbsent(e, what);
    }
  }
}
