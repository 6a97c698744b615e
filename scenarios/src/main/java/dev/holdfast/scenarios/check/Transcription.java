package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.journal.HistoryRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the records of a history as events: each frame's text is read once, for all judges. */
final class Transcription {
  private static final Map<String, LinkState> STATES = new HashMap<>();

  static {
    for (LinkState state : LinkState.values()) {
      STATES.put(state.word(), state);
    }
  }

  private Transcription() {}

  static List<Event> of(List<HistoryRecord> records) {
    List<Event> events = new ArrayList<>(records.size());
    for (HistoryRecord r : records) {
      events.add(new Event(r.source(), r.process(), r.monoNs(), r.connection(), fact(r)));
    }
    return events;
  }

  private static Fact fact(HistoryRecord r) {
    return switch (r.kind()) {
      case INVOKE -> invoked(r);
      case OK, FAIL, INDETERMINATE -> settled(r);
      case FRAME -> frame(r);
      case STATE -> state(r);
      case FAULT -> new Fact.Fault(r.op(), String.valueOf(r.text("phase")), r.number("bites", 0));
    };
  }

  private static Fact invoked(HistoryRecord r) {
    String id = r.text("id");
    if (id == null) {
      return new Fact.Did(r.op());
    }
    return switch (r.op()) {
      case "say" -> new Fact.Said(id);
      case "cancel" -> new Fact.Cancelled(id);
      default -> new Fact.Did(r.op());
    };
  }

  private static Fact settled(HistoryRecord r) {
    String id = r.text("id");
    return id == null
        ? Fact.Other.INSTANCE
        : new Fact.Settled(id, r.kind(), r.text("code"), r.data().containsKey("refused"));
  }

  private static Fact frame(HistoryRecord r) {
    String id = r.text("id");
    if (r.op().equals("post") && id != null) {
      return new Fact.Posted(id);
    }
    if ("out".equals(r.text("direction"))) {
      return new Fact.Wrote(r.op(), id, read(r), !r.data().containsKey("unsent"));
    }
    Frame frame = read(r);
    boolean longAnswer = frame == null && r.data().containsKey("cut") && isLongAnswer(r);
    return "in".equals(r.text("direction"))
        ? new Fact.Heard(r.op(), frame, longAnswer)
        : Fact.Other.INSTANCE;
  }

  private static @Nullable Frame read(HistoryRecord r) {
    String text = r.text("text");
    if (text == null) {
      return null;
    }
    return Codec.decode(text, Codec.Reading.TOLERANT) instanceof Decoded.Ok ok ? ok.frame() : null;
  }

  /** A text too long to be kept whole is no JSON any more; how it begins tells what it was. */
  private static boolean isLongAnswer(HistoryRecord r) {
    String text = String.valueOf(r.text("text"));
    return r.op().equals("message")
        && !text.contains("\"stream\":")
        && !text.contains("\"role\":\"user\"");
  }

  /** Only what the person is shown counts as a state of the connection. */
  private static Fact state(HistoryRecord r) {
    LinkState shown = STATES.get(r.op());
    if (shown != null) {
      return new Fact.Shown(shown, r.number("attempt", 0), r.number("delay_ms", 0));
    }
    return switch (r.op()) {
      case "dial" -> new Fact.Dialled();
      case "refused" -> new Fact.Refused(r.number("retry_after_ms", 0));
      case "closed" -> new Fact.Ended((int) r.number("code", 0));
      case "left" -> new Fact.Left((int) r.number("code", 0));
      default -> Fact.Other.INSTANCE;
    };
  }
}
