package dev.holdfast.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.scenarios.load.Nearest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which entries are asked for: all conditions must hold. */
public final class AuditFilter {
  @Option(names = "--session", paramLabel = "ID", description = "Of this session.")
  @Nullable String session;

  @Option(names = "--run", paramLabel = "ID", description = "Of this run.")
  @Nullable String run;

  @Option(names = "--message", paramLabel = "ID", description = "Of this message.")
  @Nullable String message;

  @Option(names = "--user", paramLabel = "ID", description = "Of this user.")
  @Nullable String user;

  @Option(names = "--event", paramLabel = "NAME", description = "Of this kind; may be repeated.")
  List<String> events = List.of();

  @Option(names = "--result", paramLabel = "WORD", description = "With this result.")
  @Nullable String result;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Not before this moment, as in 2026-01-31T12:00:00Z.")
  @Nullable Instant since;

  @Option(names = "--until", paramLabel = "TIME", description = "Before this moment.")
  @Nullable Instant until;

  /**
   * Looks at {@code --event}.
   *
   * @throws UsageError if no entry of an audit log has such a name
   */
  void refuseUnknownEvents() {
    for (String event : events) {
      if (!AuditEvent.NAMES.contains(event)) {
        throw new UsageError(
            "--event "
                + event
                + ": no event has this name"
                + Nearest.hint(event, AuditEvent.NAMES));
      }
    }
  }

  boolean fits(JsonNode entry) {
    return is(session, entry, "session_id")
        && is(run, entry, "run_id")
        && is(message, entry, "message_id")
        && is(user, entry, "user_id")
        && is(result, entry, "result")
        && (events.isEmpty() || events.contains(entry.path("event").asText()))
        && inTime(Instant.parse(entry.path("timestamp").asText()));
  }

  private static boolean is(@Nullable String wanted, JsonNode entry, String field) {
    return wanted == null || wanted.equals(entry.path(field).asText());
  }

  private boolean inTime(Instant at) {
    return (since == null || !at.isBefore(since)) && (until == null || at.isBefore(until));
  }
}
