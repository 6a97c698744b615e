package dev.holdfast.protocol.client;

import dev.holdfast.protocol.Few;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.Status;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;

/** What became of each thing said. */
final class Settling {
  private static final int REMEMBERED_RUNS = 256;

  private Settling() {}

  /** Whether the application has not seen this yet: a run's end is shown once. */
  static boolean isNews(ClientDraft d, Frame frame) {
    String run = frame.envelope().runId();
    return run == null || !d.endedRuns.contains(run);
  }

  /** Learns from a frame which run a message started, and whether it ended. */
  static void observe(ClientDraft d, Frame frame) {
    int index = subject(d, frame);
    if (index >= 0 && frame.envelope().runId() != null) {
      Outbox.Entry entry = d.outbox.written().get(index);
      d.outbox = d.outbox.replace(index, entry.inRun(frame.envelope().runId()));
    }
    switch (frame.body()) {
      case Message m when m.isAnswer() -> ended(d, frame, index, Outcome.ANSWERED, null);
      case Failure f -> failed(d, frame, index, f);
      default -> {}
    }
  }

  private static void failed(ClientDraft d, Frame frame, int index, Failure f) {
    boolean ofRun = frame.envelope().runId() != null;
    boolean ofFrame = !ofRun && index >= 0 && d.outbox.written().get(index).runId() == null;
    if (ofFrame && ErrorCode.DRAINING.equals(f.code())) {
      d.outbox = d.outbox.replace(index, d.outbox.written().get(index).unwritten());
      Listening.drained(d, 0);
    } else if (ofRun || ofFrame) {
      Outcome outcome = f.indeterminate() ? Outcome.INDETERMINATE : Outcome.FAILED;
      ended(d, frame, index, outcome, f.code());
    } else if (isCore(d) && ErrorCode.endsOldestRun(f.code())) {
      Outcome outcome = f.indeterminate() ? Outcome.INDETERMINATE : Outcome.FAILED;
      ended(d, frame, oldest(d), outcome, f.code());
    }
  }

  private static boolean isCore(ClientDraft d) {
    return d.phase instanceof Phase.Open o && !o.resumes();
  }

  private static void ended(
      ClientDraft d, Frame frame, int index, Outcome outcome, @Nullable String code) {
    if (frame.envelope().runId() != null) {
      remember(d, frame.envelope().runId());
    }
    int which = index >= 0 ? index : positional(d, frame);
    if (which >= 0) {
      settle(d, d.outbox.written().get(which), outcome, code);
    }
  }

  /** A plain server names nothing: its answers come in the order of the messages. */
  private static int positional(ClientDraft d, Frame frame) {
    return isCore(d) && frame.envelope().replyTo() == null ? oldest(d) : -1;
  }

  /** The written entry that a frame speaks of, by its id or its run; -1 when it names none. */
  private static int subject(ClientDraft d, Frame frame) {
    PVector<Outbox.Entry> written = d.outbox.written();
    for (int i = 0; i < written.size(); i++) {
      Outbox.Entry e = written.get(i);
      boolean byId = e.id().equals(frame.envelope().replyTo());
      boolean byRun = e.runId() != null && e.runId().equals(frame.envelope().runId());
      if (byId || byRun) {
        return i;
      }
    }
    return -1;
  }

  private static int oldest(ClientDraft d) {
    return d.outbox.written().isEmpty() ? -1 : 0;
  }

  static void settle(ClientDraft d, Outbox.Entry entry, Outcome outcome, @Nullable String code) {
    int index = d.outbox.written().indexOf(entry);
    if (index >= 0 && !entry.settled()) {
      d.output(new ClientOutput.Settled(entry.id(), outcome, code));
      d.outbox = d.outbox.replace(index, entry.over());
    }
  }

  static void remember(ClientDraft d, String runId) {
    d.endedRuns = d.endedRuns.plus(runId);
    if (d.endedRuns.size() > REMEMBERED_RUNS) {
      d.endedRuns = d.endedRuns.minus(0);
    }
  }

  /** The server has this id already: it will answer under the run that it names. */
  static void duplicate(ClientDraft d, Frame frame) {
    int index = subject(d, frame);
    if (index >= 0 && frame.envelope().runId() != null) {
      Outbox.Entry entry = d.outbox.written().get(index);
      d.outbox = d.outbox.replace(index, entry.held().inRun(frame.envelope().runId()));
    }
  }

  /**
   * Profile core after a reconnect: what was written before may have been lost on the way. It is
   * not sent again, for it may as well have arrived; its answer may still come.
   */
  static void connectionChanged(ClientDraft d) {
    int excess = d.outbox.written().size() - d.config.unackedLimit();
    for (int i = 0; i < excess; i++) {
      settle(d, d.outbox.written().get(0), Outcome.INDETERMINATE, "connection_lost");
    }
  }

  /** Profile resume: the server said what it made of the hello. */
  static void admitted(ClientDraft d, Phase.Open open, Resumption r) {
    d.resuming = d.resuming.admitted(r);
    if (r.outcome() == Resumption.Outcome.RESET) {
      return;
    }
    d.resuming = d.resuming.inEpoch(r.epoch());
    if (acked(d, r.ack())) {
      Listening.progressed(d);
    }
    Speaking.resend(d, open);
  }

  /**
   * What lies up to a position is held by the server; what is settled needs no more than that.
   *
   * @return whether anything was not known to be held before
   */
  static boolean acked(ClientDraft d, long position) {
    boolean news = false;
    PVector<Outbox.Entry> written = d.outbox.written();
    for (int i = written.size() - 1; i >= 0; i--) {
      Outbox.Entry entry = written.get(i);
      if (!entry.acked() && entry.ackedBy(position).acked()) {
        written = entry.settled() ? written.minus(i) : written.with(i, entry.held());
        news = true;
      }
    }
    d.outbox = d.outbox.withWritten(written);
    return news;
  }

  /** The server lost state: what it surely does not hold is said again or given up, never both. */
  static void reset(ClientDraft d, Resumption r) {
    if (r.epoch().equals(d.resuming.epoch())) {
      acked(d, r.ack());
    }
    d.resuming = d.resuming.inEpoch(r.epoch()).received(r.topSeq()).said(r.ack());
    if (r.idsKept()) {
      renumber(d);
      return;
    }
    for (Outbox.Entry entry : d.outbox.written()) {
      if (!entry.acked()) {
        settle(d, entry, Outcome.INDETERMINATE, "reset");
      }
    }
    d.outbox = d.outbox.withWritten(filter(d.outbox.written(), Outbox.Entry::acked));
  }

  /** Gives the unacked new positions, as the numbering of this client starts over. */
  private static void renumber(ClientDraft d) {
    PVector<Outbox.Entry> written =
        filter(d.outbox.written(), e -> !e.settled() || e.body() instanceof Status.Cancel);
    for (int i = 0; i < written.size(); i++) {
      Outbox.Entry e = written.get(i);
      if (!e.acked()) {
        d.resuming = d.resuming.said(d.resuming.lastSeq() + 1);
        written =
            written.with(
                i, e.writtenOn(e.connection(), d.timestamp(), d.resuming.lastSeq(), e.giveUpAt()));
      }
    }
    d.outbox = d.outbox.withWritten(written);
  }

  private static PVector<Outbox.Entry> filter(
      PVector<Outbox.Entry> entries, Predicate<Outbox.Entry> kept) {
    return Few.from(entries.stream().filter(kept).toList());
  }

  /** After a reset: what the server still knows of the runs that we wait for, acked or not. */
  static void restored(ClientDraft d, Status.Snapshot snapshot) {
    for (Outbox.Entry entry : d.outbox.written()) {
      SnapshotRun run = find(snapshot, entry);
      if (run != null && run.ended()) {
        remember(d, run.runId());
        Failure error = run.error();
        settle(
            d,
            entry,
            error == null ? Outcome.ANSWERED : Outcome.FAILED,
            error == null ? null : error.code());
      }
    }
  }

  /** What the server held once and does not know any more. */
  static void missed(ClientDraft d, Status.Snapshot snapshot) {
    for (Outbox.Entry entry : d.outbox.written()) {
      if (entry.acked() && !snapshot.truncated() && find(snapshot, entry) == null) {
        settle(d, entry, Outcome.INDETERMINATE, "lost_on_reset");
      }
    }
  }

  private static @Nullable SnapshotRun find(Status.Snapshot snapshot, Outbox.Entry entry) {
    for (SnapshotRun run : snapshot.runs()) {
      if (entry.id().equals(run.messageId())) {
        return run;
      }
    }
    return null;
  }

  /** A superseded client comes back as another: its positions, where it has any, start over. */
  static void newClientId(ClientDraft d, String freshClientId) {
    d.resuming = d.resuming.as(freshClientId);
    if (d.resuming.epoch() != null) {
      renumber(d);
    }
  }

  /** Nothing is waited for without end. */
  static void giveUpOnLate(ClientDraft d) {
    for (Outbox.Entry entry : d.outbox.written()) {
      if (entry.mayBeGivenUp() && d.now.reached(entry.giveUpAt())) {
        settle(d, entry, Outcome.INDETERMINATE, "no_answer");
      }
    }
  }
}
