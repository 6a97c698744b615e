package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One person's side of a conversation, gathered from the client's history.
 *
 * @param said every message in the order in which it was said
 * @param ends every terminal frame in the order in which it arrived
 * @param states every change of the connection's state
 * @param lastConnection the newest connection on which anything happened
 * @param endsConnected whether the client was connected at the end
 */
public record Dialogue(
    String person,
    List<Said> said,
    List<End> ends,
    List<HistoryRecord> states,
    @Nullable String lastConnection,
    boolean endsConnected) {

  /**
   * One message.
   *
   * @param fate ok, fail or indeterminate; null while the client told nothing
   * @param writtenOn the connections on which it was written, in order, and those that it was
   *     handed to a moment after they had gone
   * @param writtenAs where its first writing stands among all first writings, or -1
   */
  public record Said(
      String id,
      @Nullable Kind fate,
      @Nullable String code,
      List<String> writtenOn,
      int writtenAs) {

    public boolean written() {
      return !writtenOn.isEmpty();
    }
  }

  /** A terminal frame: which connection brought it, and what it says it answers. */
  public record End(
      @Nullable String connection,
      @Nullable String replyTo,
      @Nullable String runId,
      long seq,
      boolean error) {

    /** What two ends of the same run share; null for a server that names nothing. */
    public @Nullable String subject() {
      return runId != null ? runId : replyTo;
    }
  }

  /** Whether a connection lived to the end of the story. */
  public boolean survived(String connection) {
    return endsConnected && connection.equals(lastConnection);
  }

  public @Nullable Said find(@Nullable String id) {
    return said.stream().filter(s -> Objects.equals(s.id(), id)).findFirst().orElse(null);
  }

  /** What a person can be shown of a connection's state. */
  static final Set<String> SHOWN =
      Arrays.stream(LinkState.values()).map(LinkState::word).collect(Collectors.toSet());

  /** Gathers a dialogue record by record. */
  static final class Builder {
    private final String person;
    private final Map<String, Draft> said = new LinkedHashMap<>();
    private final List<End> ends = new ArrayList<>();
    private final List<HistoryRecord> states = new ArrayList<>();
    private @Nullable String lastConnection;
    private boolean connected;
    private int writings;

    Builder(String person) {
      this.person = person;
    }

    private static final class Draft {
      private @Nullable Kind fate;
      private @Nullable String code;
      private final List<String> writtenOn = new ArrayList<>();
      private int writtenAs = -1;
    }

    void add(HistoryRecord r) {
      if (r.connection() != null) {
        lastConnection = r.connection();
      }
      switch (r.kind()) {
        case INVOKE -> invoked(r);
        case OK, FAIL, INDETERMINATE -> settled(r);
        case FRAME -> frame(r);
        case STATE -> state(r);
        case FAULT -> {}
      }
    }

    /** Only what the person is shown counts as a state of the connection. */
    private void state(HistoryRecord r) {
      if (SHOWN.contains(r.op())) {
        states.add(r);
        connected = r.op().equals(LinkState.CONNECTED.word());
      }
    }

    private void invoked(HistoryRecord r) {
      String id = r.text("id");
      if (r.op().equals("say") && id != null) {
        said.put(id, new Draft());
      }
    }

    private void settled(HistoryRecord r) {
      Draft draft = said.get(r.text("id"));
      if (draft != null && draft.fate == null) {
        draft.fate = r.kind();
        draft.code = r.text("code");
      }
    }

    private void frame(HistoryRecord r) {
      boolean out = "out".equals(r.text("direction"));
      boolean unsent = r.data().containsKey("unsent");
      boolean in = "in".equals(r.text("direction"));
      Draft draft = out && r.op().equals("message") ? said.get(r.text("id")) : null;
      if (draft != null && r.connection() != null) {
        draft.writtenAs = draft.writtenAs < 0 && !unsent ? writings++ : draft.writtenAs;
        draft.writtenOn.add(r.connection());
      } else if (in && Frames.isEnd(r)) {
        ends.add(
            new End(
                r.connection(),
                r.text("reply_to"),
                r.text("run_id"),
                r.number("seq", -1),
                r.op().equals("error")));
      }
    }

    Dialogue build() {
      List<Said> all = new ArrayList<>();
      said.forEach(
          (id, d) -> all.add(new Said(id, d.fate, d.code, List.copyOf(d.writtenOn), d.writtenAs)));
      return new Dialogue(
          person,
          List.copyOf(all),
          List.copyOf(ends),
          List.copyOf(states),
          lastConnection,
          connected);
    }
  }
}
