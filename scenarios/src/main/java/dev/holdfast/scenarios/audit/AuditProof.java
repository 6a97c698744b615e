package dev.holdfast.scenarios.audit;

import dev.holdfast.protocol.journal.HistoryRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds an audit log against what clients saw: each event that was seen has one entry, and each
 * entry about a session that was watched has a cause that was seen.
 *
 * @param observed events that have to be on record
 * @param recorded how many of them are, each once
 * @param missing what is not on record, or twice, in words
 * @param entries how many entries are about sessions that were watched
 * @param explained how many of them have a cause
 * @param uncaused entries that nothing led to, in words
 */
public record AuditProof(
    long observed,
    long recorded,
    List<String> missing,
    long entries,
    long explained,
    List<String> uncaused) {
  /** What opens a connection; each writes one entry. */
  private static final Set<String> OPENINGS = Set.of("connect", "resume", "reset");

  public AuditProof {
    missing = List.copyOf(missing);
    uncaused = List.copyOf(uncaused);
  }

  /** The proof; nothing observed proves nothing. */
  public static AuditProof of(List<HistoryRecord> histories, List<AuditEntry> log) {
    return new Search(Observed.in(histories), log).proof();
  }

  /** Whether no client was watched, so that nothing can be said. */
  public boolean nothing() {
    return observed == 0;
  }

  /** One look at a log. */
  private static final class Search {
    private final Observed observed;
    private final List<AuditEntry> about;
    private final Map<String, Integer> accepted = new HashMap<>();
    private final Map<String, Integer> ended = new HashMap<>();
    private final Map<String, Integer> tools = new HashMap<>();
    private final Map<String, Integer> openings = new HashMap<>();
    private final Set<String> opened = new HashSet<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> uncaused = new ArrayList<>();

    Search(Observed observed, List<AuditEntry> log) {
      this.observed = observed;
      about = log.stream().filter(e -> observed.dials.containsKey(e.session())).toList();
    }

    AuditProof proof() {
      about.forEach(this::count);
      observed.ran.forEach(id -> once("a run of message " + id, accepted, id, "message_accepted"));
      observed.ended.forEach(id -> once("the end of message " + id, ended, id, "run_ended"));
      observed.tools.forEach(step -> once("tool call " + step, tools, step, "tool_call"));
      observed.greetings.forEach(this::greeted);
      long explained = about.stream().filter(this::hasCause).count();
      long events = observed.count();
      return new AuditProof(
          events, events - missing.size(), missing, about.size(), explained, uncaused);
    }

    private void count(AuditEntry e) {
      if (OPENINGS.contains(e.event())) {
        openings.merge(String.valueOf(e.session()), 1, Integer::sum);
        opened.add(String.valueOf(e.connection()));
      }
      switch (e.event()) {
        case "message_accepted" -> accepted.merge(String.valueOf(e.message()), 1, Integer::sum);
        case "run_ended" -> ended.merge(String.valueOf(e.message()), 1, Integer::sum);
        case "tool_call" -> tools.merge(tool(e), 1, Integer::sum);
        default -> {}
      }
    }

    private static String tool(AuditEntry e) {
      return Observed.tool(
          String.valueOf(e.message()), String.valueOf(e.toolCall()), String.valueOf(e.result()));
    }

    private void once(String what, Map<String, Integer> counts, String key, String event) {
      int times = counts.getOrDefault(key, 0);
      if (times != 1) {
        missing.add(
            what
                + " was seen, and "
                + (times == 0 ? "no entry " + event + " is there" : times + " entries " + event));
      }
    }

    private void greeted(String session, int greetings) {
      int entries = openings.getOrDefault(session, 0);
      for (int i = entries; i < greetings; i++) {
        missing.add(
            "%d greetings were seen in session %s, and %d connects are on record"
                .formatted(greetings, session, entries));
      }
    }

    private boolean hasCause(AuditEntry e) {
      boolean caused =
          switch (e.event()) {
            case "connect", "resume", "reset" ->
                openings.getOrDefault(e.session(), 0)
                    <= observed.dials.getOrDefault(e.session(), 0);
            case "message_accepted", "message_refused" -> observed.said.contains(e.message());
            case "run_ended" ->
                observed.said.contains(e.message())
                    && accepted.containsKey(e.message())
                    && ended.getOrDefault(e.message(), 0) == 1;
            case "tool_call" ->
                observed.said.contains(e.message()) && accepted.containsKey(e.message());
            case "disconnect", "takeover", "heartbeat_timeout", "protocol_error" ->
                e.connection() != null && opened.contains(e.connection());
            // What the server does of itself: a drain, a start.
            default -> true;
          };
      if (!caused) {
        uncaused.add(e.toString());
      }
      return caused;
    }
  }
}
