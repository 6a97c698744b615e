package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Profile resume: what has a position has the next one, both ways; a replay brings exactly what was
 * missed; a resend is the same frame.
 */
final class Positions implements Checker {

  @Override
  public String name() {
    return "positions";
  }

  @Override
  public String requirement() {
    return "Positions rise by one on each connection from where it was resumed, and a resend is the"
        + " same frame.";
  }

  @Override
  public String premise() {
    return "A frame with a position was heard.";
  }

  @Override
  public Judged judge(History history) {
    if (history.profile() != Profile.RESUME) {
      return Judged.excluded("only profile resume has positions");
    }
    Map<String, Numbering> clients = new HashMap<>();
    long positions = 0;
    for (Event e : history.events()) {
      if (e.source() != Source.CLIENT
          || (e.connection() == null && !(e.fact() instanceof Fact.Said))) {
        continue;
      }
      Numbering n = clients.computeIfAbsent(e.process(), p -> new Numbering());
      String wrong =
          switch (e.fact()) {
            case Fact.Wrote w when w.sent() && w.frame() != null -> n.wrote(w.frame());
            case Fact.Heard h when h.frame() != null -> n.heard(h.frame());
            case Fact.Heard h -> n.unreadable();
            case Fact.Dialled d -> n.dialled();
            case Fact.Said s -> n.said(s.id());
            case Fact.Ended x -> n.ended(x.code());
            default -> null;
          };
      if (wrong != null) {
        return Judged.brokenBy(
            e.fact() instanceof Fact.Wrote ? Source.CLIENT : Source.SERVER,
            e.process() + "#" + e.connection() + ": " + wrong);
      }
      positions += e.fact() instanceof Fact.Heard h && n.isPositioned(h.frame()) ? 1 : 0;
    }
    return positions == 0
        ? Judged.unknown("nothing had a position")
        : Judged.holds(positions + " positions in a row");
  }

  /** Both directions of one client, across its connections. */
  private static final class Numbering {
    private record Sent(@Nullable String id, @Nullable String timestamp) {}

    private final Map<Long, Sent> sent = new HashMap<>();
    private @Nullable String client;
    private final Map<String, Integer> saidAs = new HashMap<>();
    private List<String> asked = List.of();
    private @Nullable String epoch;
    private @Nullable String nextEpoch;
    private boolean superseded;
    private long helloAck;
    private long nextIn;
    private long nextOut;
    private long replayedTo;
    private boolean greeted;
    private boolean snapshotDue;
    private boolean catchingUp;

    @Nullable String dialled() {
      greeted = false;
      snapshotDue = false;
      return null;
    }

    @Nullable String ended(int code) {
      superseded |= code == CloseCode.SUPERSEDED;
      return null;
    }

    @Nullable String said(String id) {
      saidAs.put(id, saidAs.size());
      return null;
    }

    /** What a client cannot read may have had a position. */
    @Nullable String unreadable() {
      nextIn = nextIn < 0 ? nextIn : -1;
      return null;
    }

    boolean isPositioned(@Nullable Frame frame) {
      return frame != null && frame.envelope().seq() > 0;
    }

    @Nullable String wrote(Frame frame) {
      long seq = frame.envelope().seq();
      if (frame.body() instanceof Status.Hello hello) {
        if (superseded && hello.clientId().equals(client)) {
          return "it came back under the client_id that was superseded";
        }
        if (epoch != null && !epoch.equals(hello.epoch())) {
          return "a hello does not tell its epoch";
        }
        superseded = false;
        if (!hello.clientId().equals(client)) {
          sent.clear();
        }
        client = hello.clientId();
        helloAck = hello.ack();
        asked = hello.capabilities();
        return seq == Envelope.ABSENT ? null : "a hello has a position";
      }
      boolean due = frame.body() instanceof Message || frame.body() instanceof Status.Cancel;
      if (!due || !greeted) {
        return seq == Envelope.ABSENT && !due ? null : "a frame has position " + seq + " unasked";
      }
      if (seq != nextOut) {
        return "position " + seq + " was written where " + nextOut + " is next";
      }
      nextOut++;
      Sent now = new Sent(frame.envelope().id(), frame.envelope().timestamp());
      if (now.id() == null && frame.body() instanceof Message) {
        return "a message has no id";
      }
      Sent before = sent.put(seq, now);
      return before == null || before.equals(now)
          ? null
          : "position " + seq + " was written as " + before + " and as " + now;
    }

    @Nullable String heard(Frame frame) {
      if (!greeted) {
        return frame.body() instanceof Status.Connected c && c.resumption() != null
            ? connected(c, c.resumption())
            : null;
      }
      if (snapshotDue) {
        snapshotDue = false;
        return frame.body() instanceof Status.Snapshot s
            ? snapshot(s)
            : "no snapshot follows a reset";
      }
      if (frame.body() instanceof Status.CaughtUp c) {
        return caughtUp(c);
      }
      return hasPosition(frame) ? positioned(frame) : unpositioned(frame);
    }

    /**
     * Newest first, as far as this client said what the runs answer; of a message that was worked
     * on anew after its id had expired, the oldest run counts: only that one stands in its turn.
     */
    private @Nullable String snapshot(Status.Snapshot snapshot) {
      epoch = nextEpoch;
      int before = -1;
      Set<String> seen = new HashSet<>();
      for (SnapshotRun run : snapshot.runs().reversed()) {
        String id = run.messageId();
        Integer place = id == null || !seen.add(id) ? null : saidAs.get(id);
        if (place != null && place < before) {
          return "the snapshot does not tell the newest first";
        }
        before = place == null ? before : place;
      }
      return null;
    }

    private @Nullable String wrongGreeting(Status.Connected c, Resumption r) {
      if (c.sessionId() == null || r.limits().resumeTtlMs() == 0) {
        return "connected does not tell session and limits";
      }
      if (!asked.containsAll(r.capabilities())) {
        return "connected grants what was not asked for";
      }
      boolean reset = r.outcome() == Resumption.Outcome.RESET;
      boolean sameEpoch = r.epoch().equals(epoch);
      if (reset && r.reason() == null) {
        return "a reset has no reason";
      }
      boolean kept =
          r.reason() == Resumption.Reason.OVERFLOW || r.reason() == Resumption.Reason.EXPIRED;
      return reset && epoch != null && sameEpoch != kept && client != null && helloAck <= r.topSeq()
          ? "a reset for " + r.reason() + (sameEpoch ? " kept" : " changed") + " the epoch"
          : null;
    }

    private @Nullable String connected(Status.Connected c, Resumption r) {
      String wrong = wrongGreeting(c, r);
      nextEpoch = r.epoch();
      epoch = r.outcome() == Resumption.Outcome.RESET ? epoch : nextEpoch;
      if (wrong != null) {
        return wrong;
      }
      greeted = true;
      boolean reset = r.outcome() == Resumption.Outcome.RESET;
      snapshotDue = reset;
      catchingUp = r.outcome() == Resumption.Outcome.RESUMED;
      if (r.outcome() != Resumption.Outcome.RESUMED) {
        sent.clear();
      }
      nextIn = (reset ? r.topSeq() : helloAck) + 1;
      nextOut = r.ack() + 1;
      replayedTo = r.topSeq();
      return null;
    }

    private @Nullable String caughtUp(Status.CaughtUp c) {
      boolean complete = nextIn < 0 || nextIn == replayedTo + 1;
      String wrong =
          !catchingUp || !complete || c.seq() != replayedTo
              ? "caught_up " + c.seq() + " came where " + nextIn + " is next of " + replayedTo
              : null;
      catchingUp = false;
      return wrong;
    }

    private @Nullable String positioned(Frame frame) {
      long seq = frame.envelope().seq();
      boolean ofNoRun =
          frame.body() instanceof Failure || (frame.body() instanceof Message m && m.isEcho());
      if (frame.envelope().runId() == null && !ofNoRun) {
        return frame.type().word() + " at " + seq + " names no run";
      }
      if (nextIn > 0 && seq != nextIn) {
        return "position " + seq + " came where " + nextIn + " is next";
      }
      nextIn = nextIn > 0 ? nextIn + 1 : nextIn;
      boolean replayed = seq <= replayedTo;
      if (catchingUp && !replayed) {
        return "position " + seq + " came before caught_up";
      }
      return frame.envelope().replay() == replayed
          ? null
          : "position " + seq + (replayed ? " is not marked as replay" : " is marked as replay");
    }

    private static @Nullable String unpositioned(Frame frame) {
      return frame.envelope().positioned()
          ? frame.type().word() + " has position " + frame.envelope().seq() + " unasked"
          : null;
    }

    /** A run's frames but not its pieces; errors that answer something that had a position. */
    private static boolean hasPosition(Frame frame) {
      return switch (frame.body()) {
        case Message m -> m.stream() == null;
        case ToolExecution t -> true;
        case Status.Processing p -> true;
        case Failure f -> frame.envelope().runId() != null || frame.envelope().positioned();
        case Body.Ping p -> false;
        default -> false;
      };
    }
  }
}
