package dev.holdfast.scenarios.chaos;

import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What entered the network, and from which side: the one witness that is neither client nor server.
 * It keeps what names a frame and none of its text, so no secret either.
 */
public final class LinkJournal {
  public static final String UP = "up";
  public static final String DOWN = "down";

  /** A herd says more than anybody reads. */
  private static final int MOST = 20_000;

  /** The state that ends a journal early: what it does not have after this may have been. */
  public static final String FULL = "journal_full";

  private final Journal journal;
  private final int most;

  public LinkJournal(String process) {
    this(process, MOST);
  }

  LinkJournal(String process, int most) {
    journal = new Journal(Source.PROXY, process);
    this.most = most;
  }

  /**
   * Takes down a text.
   *
   * @param connection which one of the link's
   */
  public synchronized void passed(
      String connection, boolean fromClient, String text, long nanos, Instant wall) {
    if (journal.size() > most) {
      return;
    }
    if (journal.size() == most) {
      add(nanos, wall, null, Kind.STATE, FULL, Map.of("frames", most));
      return;
    }
    Map<String, Object> data = new HashMap<>();
    data.put("direction", fromClient ? UP : DOWN);
    Frame frame =
        Codec.decode(text, Codec.Reading.TOLERANT) instanceof Decoded.Ok ok ? ok.frame() : null;
    if (frame != null) {
      describe(frame, data);
    }
    String op = frame == null ? "invalid" : frame.type().word();
    add(nanos, wall, connection, Kind.FRAME, op, data);
  }

  private void add(
      long nanos,
      Instant wall,
      @Nullable String connection,
      Kind kind,
      String op,
      Map<String, Object> data) {
    HistoryRecord unused =
        journal.add(nanos, Timestamps.format(wall), null, connection, kind, op, data);
  }

  private static void describe(Frame frame, Map<String, Object> data) {
    var e = frame.envelope();
    put(data, "id", e.id());
    put(data, "reply_to", e.replyTo());
    put(data, "run_id", e.runId());
    put(data, "session", e.sessionId());
    if (e.seq() >= 0) {
      data.put("seq", e.seq());
    }
    if (e.ack() >= 0) {
      data.put("ack", e.ack());
    }
    if (e.replay()) {
      data.put("replay", true);
    }
    if (frame.endsRun()) {
      data.put("ends", true);
    }
    switch (frame.body()) {
      case Status.Connected c -> {
        put(data, "status", c.word());
        greeting(c.resumption(), data);
      }
      case Status s -> put(data, "status", s.word());
      case Failure f -> put(data, "code", f.code());
      default -> {}
    }
  }

  private static void greeting(@Nullable Resumption resumption, Map<String, Object> data) {
    if (resumption != null) {
      data.put("outcome", resumption.outcome().name().toLowerCase(Locale.ROOT));
      if (resumption.reason() != null) {
        data.put("reason", resumption.reason().name().toLowerCase(Locale.ROOT));
      }
    }
  }

  private static void put(Map<String, Object> data, String name, @Nullable String value) {
    if (value != null) {
      data.put(name, value);
    }
  }

  public List<HistoryRecord> records() {
    return journal.records();
  }
}
