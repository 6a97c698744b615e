package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.scenarios.audit.AuditEntry;
import dev.holdfast.scenarios.blame.FaultSpans;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a story down as history records, as on real sockets: for people and for comparing. */
final class TraceChronicle implements Chronicle {
  private final List<Journal> journals = new ArrayList<>();
  private final List<AuditEntry> log = new ArrayList<>();
  private final Map<String, Clock> clocks = new HashMap<>();
  private final Map<Story.Ill, String> struck = new IdentityHashMap<>();
  private final Journal faults = journal(Source.HARNESS, "faults");

  /** What the servers wrote down themselves. */
  List<AuditEntry> log() {
    return List.copyOf(log);
  }

  /** Everybody's records, process by process. */
  List<HistoryRecord> records() {
    List<HistoryRecord> records = new ArrayList<>();
    journals.forEach(journal -> records.addAll(journal.records()));
    return records;
  }

  /** Everybody's records as the world saw them happen. */
  List<Moment> moments() {
    List<Moment> moments = new ArrayList<>();
    for (HistoryRecord record : records()) {
      Clock clock = clocks.get(record.process());
      long at = clock == null ? record.monoNs() : clock.worldNanos(record.monoNs());
      moments.add(new Moment(at, record));
    }
    moments.sort(Comparator.comparingLong(Moment::worldNanos));
    return moments;
  }

  /** A core threw: the last thing that there is to tell. */
  void crashed(RuntimeException e, long atNanos) {
    HistoryRecord unused =
        faults.add(atNanos, "", null, null, Kind.STATE, "crash", Map.of("thrown", e.toString()));
  }

  private Journal journal(Source source, String process) {
    Journal journal = new Journal(source, process);
    journals.add(journal);
    return journal;
  }

  @Override
  public Witness client(String name, Clock clock) {
    clocks.put(name, clock);
    return new RecordingWitness(journal(Source.CLIENT, name));
  }

  @Override
  public ServerWitness server(String name, Clock clock) {
    clocks.put(name, clock);
    return new OfServer(journal(Source.SERVER, name), log);
  }

  @Override
  public void fault(Story.Ill ill, String phase, long bites, Clock clock) {
    Map<String, Object> data = new HashMap<>(Map.of("phase", phase, "bites", bites));
    if (phase.equals("struck") && !ill.kind().lasts()) {
      data.put(FaultSpans.MOMENTARY, true);
    }
    HistoryRecord made =
        faults.add(
            clock.nanos(),
            Timestamps.format(clock.wall()),
            null,
            null,
            Kind.FAULT,
            ill.kind().word(),
            phase.equals("over") ? struck.remove(ill) : null,
            data);
    if (phase.equals("struck")) {
      struck.put(ill, made.address());
    }
  }

  @Override
  public void healed(VirtualClient client) {
    note(faults, client.clock(), null, Kind.STATE, "healed", Map.of("client", client.name()));
  }

  private static void note(
      Journal journal,
      Clock clock,
      @Nullable String connection,
      Kind kind,
      String op,
      Map<String, Object> data) {
    HistoryRecord unused =
        journal.add(
            clock.nanos(), Timestamps.format(clock.wall()), null, connection, kind, op, data);
  }

  private record OfServer(Journal journal, List<AuditEntry> log) implements ServerWitness {
    @Override
    public void audited(AuditEvent event) {
      log.add(AuditEntry.of(journal.process() + ":" + (log.size() + 1), event));
    }

    @Override
    public void opened(Clock clock, VirtualLink link) {
      Map<String, Object> by = Map.of("client", link.client().name(), "number", link.number());
      note(journal, clock, link.serverName(), Kind.STATE, "opened", by);
    }

    @Override
    public void received(Clock clock, String connection, Decoded decoded) {
      Frame frame = decoded instanceof Decoded.Ok ok ? ok.frame() : null;
      String type = frame == null ? "invalid" : frame.type().word();
      Map<String, Object> data = new HashMap<>(Map.of("direction", "in"));
      if (frame != null && frame.envelope().id() != null) {
        data.put("id", frame.envelope().id());
      }
      note(journal, clock, connection, Kind.FRAME, type, data);
    }

    @Override
    public void sent(Clock clock, String connection, Frame frame) {
      Map<String, Object> data =
          Map.of("direction", "out", "seq", frame.envelope().seq(), "ack", frame.envelope().ack());
      note(journal, clock, connection, Kind.FRAME, frame.type().word(), data);
    }

    @Override
    public void closed(Clock clock, String connection, int code, boolean byServer) {
      note(
          journal,
          clock,
          connection,
          Kind.STATE,
          byServer ? "left" : "closed",
          Map.of("code", code));
    }

    @Override
    public void tool(Clock clock, ServerOutput.StartRun run, AgentEvent.Tool tool) {
      Map<String, Object> data =
          Map.of("run_id", run.runId(), "call", tool.callId(), "status", tool.status());
      note(journal, clock, null, Kind.STATE, "tool", data);
    }

    @Override
    public void pushAsked(Clock clock, String request, String id) {
      note(journal, clock, null, Kind.STATE, "push_asked", Map.of("request", request, "id", id));
    }

    @Override
    public void pushAnswered(Clock clock, String request, @Nullable String run) {
      Map<String, Object> data = Map.of("request", request, "run_id", run == null ? "" : run);
      note(journal, clock, null, Kind.STATE, "push_answered", data);
    }

    @Override
    public void died(Clock clock) {
      note(journal, clock, null, Kind.STATE, "died", Map.of());
    }

    @Override
    public void forgot(Clock clock) {
      note(journal, clock, null, Kind.STATE, "forgot", Map.of());
    }
  }
}
