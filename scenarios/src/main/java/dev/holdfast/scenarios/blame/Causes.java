package dev.holdfast.scenarios.blame;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.scenarios.audit.AuditEntry;
import dev.holdfast.scenarios.chaos.LinkJournal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Merges journals by cause. Clients, links and the harness share a clock; a server does not, so an
 * entry of its journal stands behind the frame that led to it, never where its own clock says.
 *
 * <p>A frame that entered the link is told to be a person's by its connection: some frame on it has
 * an id that only this person wrote.
 */
final class Causes {
  /** Under which a link's record says whose connection it is. */
  static final String PERSON = "person";

  /** Under which a server's record says where in its log it stands. */
  static final String LINE = "line";

  private static final String SERVER = "server";

  private final List<HistoryRecord> seen;
  private final Map<String, Set<String>> writers = new HashMap<>();
  private final Map<String, Set<String>> sessions = new HashMap<>();
  private final Map<String, String> sessionOf = new HashMap<>();
  private final Map<String, String> owners = new HashMap<>();

  /** The first writing of each id, and the last that was said of it on a link. */
  private final Map<String, HistoryRecord> written = new HashMap<>();

  private final Map<String, HistoryRecord> answered = new HashMap<>();

  private Causes(List<HistoryRecord> seen) {
    this.seen = seen;
    seen.stream().filter(r -> r.source() == Source.CLIENT).forEach(this::client);
    seen.stream().filter(Causes::onLink).forEach(this::owned);
  }

  /** All records, oldest first, with the entries of a server's log among them. */
  static List<HistoryRecord> merged(List<HistoryRecord> records, List<AuditEntry> log) {
    List<HistoryRecord> sorted =
        records.stream().sorted(Comparator.comparingLong(HistoryRecord::monoNs)).toList();
    Causes causes = new Causes(sorted);
    List<HistoryRecord> merged = new ArrayList<>();
    sorted.forEach(r -> merged.add(onLink(r) ? causes.named(r) : r));
    merged.addAll(causes.entries(log));
    merged.sort(Comparator.comparingLong(HistoryRecord::monoNs));
    return List.copyOf(merged);
  }

  private static boolean onLink(HistoryRecord r) {
    return r.source() == Source.PROXY && r.kind() == Kind.FRAME;
  }

  private void client(HistoryRecord r) {
    String id = r.text("id");
    boolean writes = r.kind() == Kind.INVOKE || "out".equals(r.text("direction"));
    if (id != null && writes) {
      writers.computeIfAbsent(id, k -> new HashSet<>()).add(r.process());
      written.putIfAbsent(id, r);
    }
    if (r.session() != null) {
      sessions.computeIfAbsent(r.session(), k -> new HashSet<>()).add(r.process());
      sessionOf.putIfAbsent(r.process(), r.session());
    }
  }

  private static String wire(HistoryRecord r) {
    return r.process() + "#" + r.connection();
  }

  /** Whose connection it is, as far as this frame tells: what went up says it best. */
  private void owned(HistoryRecord r) {
    written.compute(
        String.valueOf(r.text("id")),
        (id, before) -> before == null || !onLink(before) ? r : before);
    answered.put(String.valueOf(r.text("reply_to")), r);
    if (r.connection() == null || owners.containsKey(wire(r))) {
      return;
    }
    boolean up = LinkJournal.UP.equals(r.text("direction"));
    String writer = only(writers, r.text(up ? "id" : "reply_to"));
    String alone = only(sessions, r.text("session"));
    String session = writer == null ? null : sessionOf.get(writer);
    boolean sure = up || only(sessions, session) != null;
    String owner = writer != null && sure ? writer : alone;
    if (owner != null) {
      owners.put(wire(r), owner);
    }
  }

  private static @Nullable String only(Map<String, Set<String>> of, @Nullable String key) {
    Set<String> some = key == null ? null : of.get(key);
    return some == null || some.size() != 1 ? null : some.iterator().next();
  }

  private HistoryRecord named(HistoryRecord r) {
    String owner = owners.get(wire(r));
    if (owner == null) {
      return r;
    }
    Map<String, Object> data = new TreeMap<>(r.data());
    data.put(PERSON, owner);
    return new HistoryRecord(
        r.source(),
        r.process(),
        r.n(),
        r.monoNs(),
        r.wall(),
        sessionOf.get(owner),
        r.connection(),
        r.kind(),
        r.op(),
        r.cause(),
        data);
  }

  private List<HistoryRecord> entries(List<AuditEntry> log) {
    List<HistoryRecord> made = new ArrayList<>();
    Map<String, HistoryRecord> newest = new HashMap<>();
    for (AuditEntry entry : log) {
      String session = entry.session();
      if (session == null || !sessions.containsKey(session)) {
        continue;
      }
      HistoryRecord cause = cause(entry);
      HistoryRecord before = newest.get(session);
      HistoryRecord later =
          cause == null || (before != null && before.monoNs() > cause.monoNs()) ? before : cause;
      HistoryRecord record = record(entry, made.size() + 1L, cause == null ? before : cause, later);
      made.add(record);
      newest.put(session, record);
    }
    return made;
  }

  /** What led to an entry: a message on the link, or what was last said of its run. */
  private @Nullable HistoryRecord cause(AuditEntry entry) {
    String id = entry.message();
    if (id == null) {
      return null;
    }
    boolean taking =
        entry.event().equals(AuditEvent.MESSAGE_ACCEPTED)
            || entry.event().equals(AuditEvent.MESSAGE_REFUSED);
    return taking ? written.get(id) : answered.get(id);
  }

  private HistoryRecord record(
      AuditEntry entry, long n, @Nullable HistoryRecord cause, @Nullable HistoryRecord notBefore) {
    Map<String, Object> data = new TreeMap<>();
    put(data, "id", entry.message());
    put(data, "tool_call_id", entry.toolCall());
    put(data, "status", entry.result());
    put(data, LINE, entry.line());
    long began = seen.isEmpty() ? 0 : seen.get(0).monoNs();
    return new HistoryRecord(
        Source.SERVER,
        SERVER,
        n,
        notBefore == null ? began : notBefore.monoNs(),
        "",
        entry.session(),
        entry.connection(),
        Kind.STATE,
        entry.event(),
        cause == null ? null : cause.address(),
        data);
  }

  private static void put(Map<String, Object> data, String name, @Nullable String value) {
    if (value != null) {
      data.put(name, value);
    }
  }
}
