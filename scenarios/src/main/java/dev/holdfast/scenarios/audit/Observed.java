package dev.holdfast.scenarios.audit;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What clients saw, as far as an audit log has to know of it. */
final class Observed {
  /** Those steps of a tool call that are recorded: that it is due is told to people only. */
  private static final Set<String> RECORDED_STEPS = Set.of("running", "completed", "failed");

  /** Greetings and attempts to connect, by session. */
  final Map<String, Integer> greetings = new HashMap<>();

  final Map<String, Integer> dials = new HashMap<>();

  /** Messages that were written, whatever became of them. */
  final Set<String> said = new HashSet<>();

  /** Messages of which a run was seen. */
  final Set<String> ran = new HashSet<>();

  /** Sessions in which frames of a run came that answers no message: the server began it. */
  final Set<String> pushedIn = new HashSet<>();

  /** Messages whose run was seen to its end, and how it ended. */
  final Map<String, String> ended = new HashMap<>();

  /** How a run can end, in the protocol's words. */
  static final Set<String> ENDS = Set.of("completed", "failed");

  /** Steps of tool calls: message, call and step. */
  final Set<String> tools = new HashSet<>();

  static Observed in(List<HistoryRecord> records) {
    Observed observed = new Observed();
    records.stream().filter(r -> r.source() == Source.CLIENT).forEach(observed::take);
    return observed;
  }

  static String tool(String message, String call, String step) {
    return message + " " + call + " " + step;
  }

  private void take(HistoryRecord r) {
    switch (r.kind()) {
      case FRAME -> frame(r);
      case STATE -> state(r);
      case OK -> ended(r, "completed");
      case FAIL -> {
        if (!Boolean.TRUE.equals(r.data().get("refused"))) {
          ended(r, "failed");
        }
      }
      case INVOKE, INDETERMINATE, FAULT -> {}
    }
  }

  private void ended(HistoryRecord r, String how) {
    String id = r.text("id");
    // What failed and was never seen to run may have been given up by the client itself.
    if (r.op().equals("say") && id != null && (how.equals("completed") || ran.contains(id))) {
      ended.put(id, how);
    }
  }

  private void frame(HistoryRecord r) {
    boolean in = "in".equals(r.text("direction"));
    if (!in && (r.op().equals("message") || r.op().equals("post"))) {
      note(said, r.text("id"));
    }
    if (in && r.text("run_id") != null) {
      note(ran, r.text("reply_to"));
      note(pushedIn, r.text("reply_to") == null ? r.session() : null);
    }
    if (in && "connected".equals(r.text("status"))) {
      count(greetings, r.session());
    }
  }

  private void state(HistoryRecord r) {
    String message = r.text("reply_to");
    String call = r.text("tool_call_id");
    String step = r.text("status");
    if (r.op().equals("dial")) {
      count(dials, r.session());
    } else if (r.op().equals("deliver") && message != null && call != null && step != null) {
      note(tools, RECORDED_STEPS.contains(step) ? tool(message, call, step) : null);
    }
  }

  private static void note(Set<String> seen, @Nullable String what) {
    if (what != null) {
      seen.add(what);
    }
  }

  private static void count(Map<String, Integer> counts, @Nullable String session) {
    if (session != null) {
      counts.merge(session, 1, Integer::sum);
    }
  }

  /** Whether a client of that session was watched. */
  boolean watches(@Nullable String session) {
    return session != null && dials.containsKey(session);
  }

  /** How many events have to be on record. */
  long count() {
    return greetings.values().stream().mapToLong(n -> n).sum()
        + ran.size()
        + ended.size()
        + tools.size();
  }
}
