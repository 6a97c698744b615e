package dev.holdfast.scenarios.durable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.server.Claim;
import dev.holdfast.protocol.server.SessionState;
import dev.holdfast.server.audit.AuditVerifier;
import dev.holdfast.server.store.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the server's own records say of the talk: its store and its audit log, read afterwards. */
final class Ledger {
  private final Map<String, SessionState> stored = new HashMap<>();
  private final Map<String, List<JsonNode>> audited = new HashMap<>();
  private final List<String> complaints = new ArrayList<>();

  Ledger(Path folder) throws IOException {
    Path audit = folder.resolve("audit");
    if (AuditVerifier.verify(List.of(audit)) instanceof AuditVerifier.Verdict.Broken broken) {
      complaints.add("the audit log is broken: " + broken);
    }
    try (Stream<Path> files = Files.list(audit)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode entry = new ObjectMapper().readTree(line);
          String key = key(entry.path("session_id").asText(), entry.path("message_id").asText());
          audited.computeIfAbsent(key, k -> new ArrayList<>()).add(entry);
        }
      }
    }
    Path file = folder.resolve("sessions.db");
    try (SqliteStore store = SqliteStore.open(file, SqliteStore.Durability.PROCESS)) {
      store.left().forEach(session -> stored.put(session.id(), session));
    }
  }

  private static String key(String session, String message) {
    return session + "/" + message;
  }

  /** Everything that disagrees. */
  List<String> complaints() {
    return complaints;
  }

  /** Compares all that one person was told with what was kept and what was logged. */
  void compare(Talker talker) {
    SessionState session = stored.get(talker.session());
    if (session == null) {
      complaints.add(talker.session() + " is not in the store");
      return;
    }
    if (!session.runs().isEmpty()) {
      complaints.add(talker.session() + " has runs without an end: " + session.runs().size());
    }
    talker.ends().forEach((id, end) -> compare(session, id, end));
    session
        .claims()
        .keySet()
        .forEach(id -> {
          if (!talker.ends().containsKey(id)) {
            complaints.add(key(session.id(), id) + " is stored and nobody said it");
          }
        });
  }

  private void compare(SessionState session, String id, Talker.End end) {
    String key = key(session.id(), id);
    Claim claim = session.claims().get(id);
    SnapshotRun result = claim == null ? null : claim.result();
    if (claim == null || result == null) {
      complaints.add(key + " was told as " + end + " and is not stored with an end");
      return;
    }
    if (!end.equals(told(result))) {
      complaints.add(key + " was told as " + end + " and is stored as " + told(result));
    }
    List<JsonNode> entries = audited.getOrDefault(key, List.of());
    require(key, "message_accepted", claim.runId(), entries);
    require(key, "run_ended", claim.runId(), entries);
    JsonNode last =
        entries.stream()
            .filter(e -> is(e, "run_ended", claim.runId()))
            .reduce((a, b) -> b)
            .orElse(null);
    String code = last == null || !last.has("error") ? null : last.path("error").asText();
    if (last != null && !Objects.equals(code, end.code())) {
      complaints.add(key + " was told as " + end + " and is logged as " + last);
    }
    long starts =
        entries.stream()
            .filter(e -> e.path("event").asText().equals("tool_call"))
            .filter(e -> e.path("result").asText().equals("running"))
            .count();
    if (starts > 1) {
      complaints.add(key + " had its tool run " + starts + " times");
    }
  }

  private static Talker.End told(SnapshotRun result) {
    Failure error = result.error();
    return new Talker.End(outcome(error), error == null ? null : error.code());
  }

  private static Outcome outcome(@Nullable Failure error) {
    if (error == null) {
      return Outcome.ANSWERED;
    }
    return error.indeterminate() ? Outcome.INDETERMINATE : Outcome.FAILED;
  }

  private void require(String key, String event, String run, List<JsonNode> entries) {
    if (entries.stream().noneMatch(e -> is(e, event, run))) {
      complaints.add(key + " has no " + event + " of run " + run + " in the log");
    }
  }

  private static boolean is(JsonNode entry, String event, String run) {
    return entry.path("event").asText().equals(event) && entry.path("run_id").asText().equals(run);
  }
}
