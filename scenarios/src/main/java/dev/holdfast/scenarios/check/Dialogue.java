package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One person's side of a conversation, gathered from the client's history.
 *
 * @param said every message in the order in which it was said
 * @param ends every terminal frame in the order in which it arrived
 * @param lastConnection the newest connection on which anything happened
 * @param endsConnected whether the client was connected at the end
 * @param closed whether its person closed the tab
 */
public record Dialogue(
    String person,
    List<Said> said,
    List<End> ends,
    @Nullable String lastConnection,
    boolean endsConnected,
    boolean closed) {

  /**
   * One message.
   *
   * @param fate ok, fail or indeterminate; null while the client told nothing
   * @param writtenOn the connections on which it was written, in order, and those that it was
   *     handed to a moment after they had gone
   * @param writtenAs where its first writing stands among all first writings, or -1
   * @param posted whether it also went by {@code POST}
   */
  public record Said(
      String id,
      @Nullable Kind fate,
      @Nullable String code,
      List<String> writtenOn,
      int writtenAs,
      boolean posted) {

    public boolean written() {
      return !writtenOn.isEmpty();
    }
  }

  /**
   * A terminal frame: which connection brought it, and what it says it answers.
   *
   * @param again whether the server had just said that it knows the message: it was written twice
   * @param forgotten how often a server had forgotten what it knew, as far as was seen
   */
  public record End(
      @Nullable String connection,
      @Nullable String replyTo,
      @Nullable String runId,
      long seq,
      boolean error,
      boolean again,
      int forgotten) {

    /** What two ends of the same run share; null for a server that names nothing. */
    public @Nullable String subject() {
      return runId != null ? runId : replyTo;
    }
  }

  /** Whether a connection lived to the end of the story. */
  public boolean survived(String connection) {
    return endsConnected && connection.equals(lastConnection);
  }

  /** Gathers a dialogue event by event. */
  static final class Builder {
    private final String person;
    private final Map<String, Draft> said = new LinkedHashMap<>();
    private final List<End> ends = new ArrayList<>();
    private @Nullable String lastConnection;
    private boolean connected;
    private boolean closed;
    private int writings;
    private final KnownRuns known = new KnownRuns();

    Builder(String person) {
      this.person = person;
    }

    private static final class Draft {
      private @Nullable Kind fate;
      private @Nullable String code;
      private final List<String> writtenOn = new ArrayList<>();
      private int writtenAs = -1;
      private boolean posted;
    }

    void add(Event e, int forgotten) {
      if (e.connection() != null) {
        lastConnection = e.connection();
      }
      switch (e.fact()) {
        case Fact.Said s -> said.put(s.id(), new Draft());
        case Fact.Settled s -> settled(s);
        case Fact.Wrote w -> wrote(e, w);
        case Fact.Heard h when Frames.isEnd(h) -> ends.add(end(e, h, forgotten));
        case Fact.Heard h -> known.add(e.connection(), h.frame());
        case Fact.Shown s -> connected = s.state() == LinkState.CONNECTED;
        case Fact.Posted p -> posted(p);
        case Fact.Did d -> closed |= d.op().equals("close");
        default -> {}
      }
    }

    private void settled(Fact.Settled s) {
      Draft draft = said.get(s.id());
      if (draft != null && draft.fate == null) {
        draft.fate = s.fate();
        draft.code = s.code();
      }
    }

    private void posted(Fact.Posted p) {
      Draft draft = said.get(p.id());
      if (draft != null) {
        draft.posted = true;
      }
    }

    private void wrote(Event e, Fact.Wrote w) {
      Draft draft = w.type().equals("message") ? said.get(w.id()) : null;
      if (draft != null && e.connection() != null) {
        draft.writtenAs = draft.writtenAs < 0 && w.sent() ? writings++ : draft.writtenAs;
        draft.writtenOn.add(e.connection());
      }
    }

    private End end(Event e, Fact.Heard heard, int forgotten) {
      Frame frame = heard.frame();
      if (frame == null) {
        return new End(e.connection(), null, null, Envelope.ABSENT, false, false, forgotten);
      }
      Envelope envelope = frame.envelope();
      return new End(
          e.connection(),
          envelope.replyTo(),
          envelope.runId(),
          envelope.seq(),
          frame.body() instanceof Failure,
          known.take(e.connection(), frame),
          forgotten);
    }

    Dialogue build() {
      List<Said> all = new ArrayList<>();
      said.forEach((id, d) ->
          all.add(new Said(id, d.fate, d.code, List.copyOf(d.writtenOn), d.writtenAs, d.posted)));
      return new Dialogue(
          person, List.copyOf(all), List.copyOf(ends), lastConnection, connected, closed);
    }
  }
}
