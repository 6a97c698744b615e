package dev.holdfast.client;

import dev.holdfast.client.ClientListener.Direction;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientInput.PostResult;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.Journal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one client's history; what each record holds is told by this package's page. Without a
 * journal no record is put together either.
 */
public final class Recorder {
  private final @Nullable Journal journal;

  /** Names that the script gave to messages whose end is not known yet. */
  private final Map<String, String> names = new HashMap<>();

  private Tick now = new Tick(0, Instant.EPOCH, 0);
  private @Nullable String session;
  private int connection;

  public Recorder(@Nullable Journal journal) {
    this.journal = journal;
  }

  /** Where and when the records that follow happened. */
  public void at(Tick tick, @Nullable String sessionId, int newestConnection) {
    now = tick;
    session = sessionId;
    connection = newestConnection;
  }

  /** What the person did. */
  public void acted(String op) {
    add(connection, Kind.INVOKE, op, RecordData.of());
  }

  public void says(String id, @Nullable String as, String content) {
    if (journal == null) {
      return;
    }
    if (as != null) {
      names.put(id, as);
    }
    RecordData data = RecordData.of().put("id", id).put("as", as).content(content);
    add(connection, Kind.INVOKE, "say", data);
  }

  public void cancels(String id, String runId) {
    if (journal == null) {
      return;
    }
    names.put(id, "");
    add(connection, Kind.INVOKE, "cancel", RecordData.of().put("id", id).put("run_id", runId));
  }

  public void frame(
      Direction direction, int on, String text, @Nullable Frame frame, @Nullable String violation) {
    if (journal == null) {
      return;
    }
    RecordData data = RecordData.of().put("direction", direction.word()).text(text);
    if (frame == null) {
      add(on, Kind.FRAME, "invalid", data.put("code", violation));
    } else {
      add(on, Kind.FRAME, frame.type().word(), data.frame(frame));
    }
  }

  public void unsent(int on, String text, Frame frame) {
    if (journal == null) {
      return;
    }
    RecordData data = RecordData.of().put("direction", Direction.OUT.word()).text(text);
    add(on, Kind.FRAME, frame.type().word(), data.frame(frame).put("unsent", true));
  }

  /** What happened to the client; frames and what the person does have methods of their own. */
  public void input(ClientInput input) {
    if (journal == null) {
      return;
    }
    switch (input) {
      case ClientInput.Opened o ->
          state(
              o.connection(),
              "opened",
              RecordData.of().put("subprotocol", o.subprotocolAccepted()));
      case ClientInput.Refused r ->
          state(
              r.connection(),
              "refused",
              RecordData.of().put("status", r.status()).put("retry_after_ms", r.retryAfterMs()));
      case ClientInput.Closed c ->
          state(
              c.connection(),
              "closed",
              RecordData.of().put("code", c.code()).put("reason", c.reason()));
      case ClientInput.TransportSaid t ->
          state(0, "transport_said", RecordData.of().put("transport", transport(t.websocket())));
      case ClientInput.Posted p ->
          add(0, Kind.FRAME, "posted", posted(p).put("direction", Direction.IN.word()));
      case ClientInput.Connect c -> acted("connect");
      case ClientInput.Disconnect d -> acted("disconnect");
      case ClientInput.Retry r -> acted("retry");
      case ClientInput.Say s -> {}
      case ClientInput.Cancel c -> {}
      case ClientInput.Received r -> {}
      case ClientInput.Woken w -> {}
    }
  }

  private static String transport(@Nullable Boolean websocket) {
    return websocket == null ? "unknown" : websocket ? "websocket" : "http";
  }

  private static RecordData posted(ClientInput.Posted posted) {
    RecordData data = RecordData.of().put("id", posted.id());
    return switch (posted.result()) {
      case PostResult.Ended e ->
          data.put("result", "ended")
              .put("run_id", e.run().runId())
              .put("code", e.run().error() == null ? null : e.run().error().code())
              .put("content", RecordData.shortened(e.run().text()));
      case PostResult.Rejected r ->
          data.put("result", "rejected").put("http_status", r.status()).put("code", r.code());
      case PostResult.Failed f -> data.put("result", "failed");
    };
  }

  /** What the core decided; frames it sends have a method of their own. */
  public void output(ClientOutput output) {
    if (journal == null) {
      return;
    }
    switch (output) {
      case ClientOutput.Open o ->
          state(o.connection(), "dial", RecordData.of().put("offer_resume", o.offerResume()));
      case ClientOutput.Close c ->
          state(
              c.connection(),
              "left",
              RecordData.of().put("code", c.code()).put("reason", c.reason()));
      case ClientOutput.AskTransport a -> state(0, "ask_transport", RecordData.of());
      case ClientOutput.Post p ->
          add(
              0,
              Kind.FRAME,
              "post",
              RecordData.of()
                  .put("direction", Direction.OUT.word())
                  .put("id", p.id())
                  .hash(p.content()));
      case ClientOutput.StateChanged s -> shown(s);
      case ClientOutput.Deliver d ->
          state(
              connection,
              "deliver",
              RecordData.of().put("type", d.frame().type().word()).frame(d.frame()));
      case ClientOutput.Refuse r -> ended(Kind.FAIL, r.id(), r.code(), true);
      case ClientOutput.Settled s -> ended(kind(s.outcome()), s.id(), s.code(), false);
      case ClientOutput.Latency l ->
          state(connection, "latency", RecordData.of().put("latency_ns", l.nanos()));
      case ClientOutput.Send s -> {}
      case ClientOutput.WakeAt w -> {}
    }
  }

  private void shown(ClientOutput.StateChanged s) {
    RecordData data =
        RecordData.of()
            .putUnless(0, "attempt", s.attempt())
            .putUnless(0, "delay_ms", s.delayMs())
            .put("reason", s.reason().isEmpty() ? null : s.reason());
    state(connection, s.state().word(), data);
  }

  private static Kind kind(ClientOutput.Outcome outcome) {
    return switch (outcome) {
      case ANSWERED -> Kind.OK;
      case FAILED -> Kind.FAIL;
      case INDETERMINATE -> Kind.INDETERMINATE;
    };
  }

  private void ended(Kind kind, String id, @Nullable String code, boolean refused) {
    String name = names.remove(id);
    boolean cancel = "".equals(name);
    RecordData data = RecordData.of().put("id", id).put("as", cancel ? null : name);
    data.put("code", code).put("refused", refused ? true : null);
    add(connection, kind, cancel ? "cancel" : "say", data);
  }

  private void state(int on, String op, RecordData data) {
    add(on, Kind.STATE, op, data);
  }

  private void add(int on, Kind kind, String op, RecordData data) {
    if (journal != null) {
      journal.add(
          now.monotonicNanos(),
          Timestamps.format(now.wall()),
          session,
          on == 0 ? null : Integer.toString(on),
          kind,
          op,
          data.map());
    }
  }
}
