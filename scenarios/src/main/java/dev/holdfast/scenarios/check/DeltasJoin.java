package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Message.Stream.State;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The streamed pieces of an answer, each replacing all from its offset on, equal the whole. */
final class DeltasJoin implements Checker {

  private record Place(String process, @Nullable String connection, String run) {}

  /** What one connection was told of one answer so far. */
  private static final class Streamed {
    private final StringBuilder text = new StringBuilder();
    private @Nullable State last;

    /** What is wrong with a piece, or null. */
    @Nullable String add(State state, int offset, @Nullable String delta) {
      if (delta == null) {
        return "a piece has no text";
      }
      if (last == null && offset != 0 && state != State.ABORTED) {
        return "the first piece begins at " + offset;
      }
      if (state == State.START && offset != 0) {
        return "a start has offset " + offset;
      }
      if (offset > text.length()) {
        return "a piece begins at " + offset + ", behind the " + text.length() + " there are";
      }
      if (offset > 0 && offset < text.length() && Character.isLowSurrogate(text.charAt(offset))) {
        return "a piece begins in the middle of a character";
      }
      text.setLength(offset);
      text.append(delta);
      last = state;
      return null;
    }

    @Nullable String ends(@Nullable String whole) {
      if (last == null) {
        return null;
      }
      State due = whole == null ? State.ABORTED : State.END;
      if (last != due) {
        return "the pieces did not end before the run did";
      }
      return whole == null || whole.contentEquals(text)
          ? null
          : "the pieces join to " + text.length() + " characters that are not the answer";
    }
  }

  @Override
  public String name() {
    return "deltas_join";
  }

  @Override
  public String requirement() {
    return "The streamed pieces of an answer, joined by their offsets, equal the whole.";
  }

  @Override
  public String premise() {
    return "An answer was streamed to its end.";
  }

  @Override
  public Judged judge(History history) {
    Map<Place, Streamed> streams = new HashMap<>();
    int joined = 0;
    for (Event e : history.events()) {
      Frame frame = e.fact() instanceof Fact.Heard h ? h.frame() : null;
      String run = frame == null ? null : frame.envelope().runId();
      if (e.source() != Source.CLIENT || frame == null || run == null) {
        continue;
      }
      Place place = new Place(e.process(), e.connection(), run);
      String wrong = null;
      if (frame.body() instanceof Message m && m.stream() != null) {
        wrong =
            streams
                .computeIfAbsent(place, p -> new Streamed())
                .add(m.stream().state(), m.stream().offset(), m.delta());
      } else if (Frames.isEnd(frame) && !frame.envelope().replay()) {
        Streamed streamed = streams.remove(place);
        if (streamed != null) {
          wrong = streamed.ends(frame.body() instanceof Message m ? m.content() : whole(frame));
          joined++;
        }
      }
      if (wrong != null) {
        return Judged.brokenBy(Source.SERVER, e.process() + ": " + run + ": " + wrong);
      }
    }
    return joined == 0
        ? Judged.unknown("nothing was streamed to its end")
        : Judged.holds(joined + " answers equal their pieces");
  }

  private static @Nullable String whole(Frame end) {
    return end.body() instanceof Failure ? null : "";
  }
}
