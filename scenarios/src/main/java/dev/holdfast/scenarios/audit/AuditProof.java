package dev.holdfast.scenarios.audit;

import dev.holdfast.protocol.journal.HistoryRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Holds an audit log against what clients saw: each event that was seen has one entry, and each
 * entry about a session that was watched has a cause that was seen, in an order that can be.
 *
 * @param observed events that have to be on record
 * @param recorded how many of them are, each once
 * @param missing what is not on record, or twice, or told otherwise than it was seen, in words
 * @param entries how many entries are about sessions that were watched and of a kind that clients
 *     can tell the cause of
 * @param explained how many of them have a cause
 * @param uncaused entries that nothing led to, in words
 * @param others entries about those sessions whose cause no client sees: a drain, a push, what only
 *     this server records
 */
public record AuditProof(
    long observed,
    long recorded,
    List<String> missing,
    long entries,
    long explained,
    List<String> uncaused,
    long others) {
  /** What opens a connection; each writes one entry. */
  private static final Set<String> OPENINGS = Set.of("connect", "resume", "reset");

  /** What takes a message on: by the socket, by HTTP. */
  private static final Set<String> ACCEPTANCES = Set.of("message_accepted", "http_chat");

  /** What begins a run that no client asked for. */
  static final String PUSH = "push";

  private static final Set<String> OF_A_CONNECTION =
      Set.of("disconnect", "takeover", "heartbeat_timeout", "protocol_error");

  private static final Set<String> OF_A_MESSAGE =
      Set.of("message_accepted", "http_chat", "message_refused", "run_ended", "tool_call");

  public AuditProof {
    missing = List.copyOf(missing);
    uncaused = List.copyOf(uncaused);
  }

  /** The proof; nothing observed proves nothing. */
  public static AuditProof of(List<HistoryRecord> histories, List<AuditEntry> log) {
    return new Search(Observed.in(histories), log).proof();
  }

  /** Which entries of a log have to be read: those about sessions that were watched. */
  public static Predicate<AuditEntry> about(List<HistoryRecord> histories) {
    Observed observed = Observed.in(histories);
    return e -> observed.watches(e.session());
  }

  /** Whether the log has no entry about a session that was watched: none can lack its cause. */
  public boolean noEntries() {
    return entries == 0;
  }

  /** Whether no client was watched, so that nothing can be said. */
  public boolean nothing() {
    return observed == 0;
  }

  private static boolean judged(AuditEntry e) {
    return OPENINGS.contains(e.event())
        || OF_A_CONNECTION.contains(e.event())
        || OF_A_MESSAGE.contains(e.event())
        || e.event().equals("refuse");
  }

  /** One look at a log. */
  private static final class Search {
    private final Observed observed;
    private final List<AuditEntry> watched;
    private final List<AuditEntry> about;
    private final long others;
    private final Map<String, Integer> accepted = new HashMap<>();
    private final Map<String, Integer> ended = new HashMap<>();
    private final Map<String, String> results = new HashMap<>();
    private final Map<String, Integer> tools = new HashMap<>();
    private final Map<String, Integer> openings = new HashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();

    /** Messages that the server began a run with by itself: no client said them. */
    private final Set<String> pushed = new HashSet<>();

    private final Set<String> opened = new HashSet<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> uncaused = new ArrayList<>();

    Search(Observed observed, List<AuditEntry> log) {
      this.observed = observed;
      watched = log.stream().filter(e -> observed.watches(e.session())).toList();
      about = watched.stream().filter(AuditProof::judged).toList();
      others = (long) watched.size() - about.size();
    }

    AuditProof proof() {
      about.forEach(this::count);
      watched.stream()
          .filter(e -> e.event().equals(PUSH))
          .forEach(e -> pushed.add(String.valueOf(e.message())));
      observed.ran.forEach(id -> once("a run of message " + id, accepted, id, "message_accepted"));
      observed.ended.forEach(this::toldAsSeen);
      observed.tools.forEach(step -> once("tool call " + step, tools, step, "tool_call"));
      observed.greetings.forEach(this::greeted);
      Map<AuditEntry, String> early = new AuditOrder(watched).early();
      long explained = about.stream().filter(e -> hasCause(e, early.get(e))).count();
      long events = observed.count();
      return new AuditProof(
          events, events - missing.size(), missing, about.size(), explained, uncaused, others);
    }

    private void count(AuditEntry e) {
      if (OPENINGS.contains(e.event())) {
        openings.merge(String.valueOf(e.session()), 1, Integer::sum);
        opened.add(String.valueOf(e.connection()));
      } else if (ACCEPTANCES.contains(e.event())) {
        accepted.merge(String.valueOf(e.message()), 1, Integer::sum);
      }
      switch (e.event()) {
        case "refuse" -> refusals.merge(String.valueOf(e.session()), 1, Integer::sum);
        case "run_ended" -> {
          ended.merge(String.valueOf(e.message()), 1, Integer::sum);
          results.put(String.valueOf(e.message()), String.valueOf(e.result()));
        }
        case "tool_call" -> tools.merge(tool(e), 1, Integer::sum);
        default -> {}
      }
    }

    private static String tool(AuditEntry e) {
      return Observed.tool(
          String.valueOf(e.message()), String.valueOf(e.toolCall()), String.valueOf(e.result()));
    }

    /** An end is on record once, and where both use the protocol's words they say the same. */
    private void toldAsSeen(String id, String seen) {
      String told = results.getOrDefault(id, seen);
      if (once("the end of message " + id, ended, id, "run_ended")
          && Observed.ENDS.contains(told)
          && !told.equals(seen)) {
        missing.add("message " + id + " was seen to be " + seen + ", and is on record as " + told);
      }
    }

    private boolean once(String what, Map<String, Integer> counts, String key, String event) {
      int times = counts.getOrDefault(key, 0);
      if (times != 1) {
        missing.add(
            what
                + " was seen, and "
                + (times == 0 ? "no entry " + event + " is there" : times + " entries " + event));
      }
      return times == 1;
    }

    private void greeted(String session, int greetings) {
      int entries = openings.getOrDefault(session, 0);
      for (int i = entries; i < greetings; i++) {
        missing.add(
            String.format(
                Locale.ROOT,
                "%d greetings were seen in session %s, and %d connects are on record",
                greetings,
                session,
                entries));
      }
    }

    private boolean hasCause(AuditEntry e, @Nullable String early) {
      if (early != null) {
        uncaused.add(e + " stands before " + early);
        return false;
      }
      boolean caused =
          switch (e.event()) {
            case "connect", "resume", "reset" -> openings(e) <= dials(e);
            case "refuse" -> openings(e) + refusals.getOrDefault(e.session(), 0) <= dials(e);
            case "message_accepted", "http_chat", "message_refused" ->
                observed.said.contains(e.message());
            case "run_ended" -> began(e) && ended.getOrDefault(e.message(), 0) == 1;
            case "tool_call" -> began(e);
            default -> e.connection() != null && opened.contains(e.connection());
          };
      if (!caused) {
        uncaused.add(e.toString());
      }
      return caused;
    }

    /**
     * Whether its run has a cause: a message that was said and accepted, or a push. A log that
     * records no pushes at all is not held to them.
     */
    private boolean began(AuditEntry e) {
      String message = String.valueOf(e.message());
      boolean saidAndAccepted = observed.said.contains(message) && accepted.containsKey(message);
      boolean unrecorded = pushed.isEmpty() && observed.pushedIn.contains(e.session());
      return saidAndAccepted || pushed.contains(message) || unrecorded;
    }

    private int openings(AuditEntry e) {
      return openings.getOrDefault(e.session(), 0);
    }

    private int dials(AuditEntry e) {
      return observed.dials.getOrDefault(e.session(), 0);
    }
  }
}
