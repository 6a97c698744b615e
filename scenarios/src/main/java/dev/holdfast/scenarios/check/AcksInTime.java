package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Profile resume: who hears a position acks it on that connection within a second or 32 frames, and
 * never what it has not heard or not shown.
 */
final class AcksInTime implements Checker {
  private static final long DUE_NANOS = 1_000_000_000;
  private static final long SLACK_NANOS = 2_000_000;
  private static final int DUE_FRAMES = 32;

  /** What one end of one connection owes. */
  private static final class Debt {
    private final boolean ofClient;
    private boolean greeted;
    private boolean draining;
    private boolean resetting;
    private long heard;
    private long acked;
    private long dueAt = Long.MAX_VALUE;
    private int frames;

    Debt(boolean ofClient) {
      this.ofClient = ofClient;
    }
  }

  @Override
  public String name() {
    return "acks_in_time";
  }

  @Override
  public String requirement() {
    return "What was heard is acknowledged within a second or 32 frames, and nothing else is.";
  }

  @Override
  public String premise() {
    return "A frame with a position was heard.";
  }

  @Override
  public boolean bindsTime() {
    return true;
  }

  @Override
  public Judged judge(History history) {
    if (history.profile() != Profile.RESUME) {
      return Judged.excluded("only profile resume acknowledges");
    }
    Lines lines = history.lines();
    @Nullable Debt[] debts = new @Nullable Debt[lines.count()];
    long acks = 0;
    List<Event> events = history.events();
    for (int i = 0; i < events.size(); i++) {
      int line = lines.at(i);
      if (line == Lines.NONE) {
        continue;
      }
      Event e = events.get(i);
      Debt debt = debts[line];
      if (debt == null) {
        debt = new Debt(e.source() == Source.CLIENT);
        debts[line] = debt;
      }
      String wrong = late(debt, e);
      if (wrong == null) {
        wrong =
            switch (e.fact()) {
              case Fact.Heard h when h.frame() != null -> heard(debt, h.frame(), e.nanos());
              case Fact.Wrote w when w.frame() != null && w.sent() -> wrote(debt, w.frame());
              case Fact.Delivered d -> delivered(debt, d.frame());
              default -> null;
            };
      }
      if (wrong != null) {
        return Judged.brokenBy(e.source(), e.process() + "#" + e.connection() + ": " + wrong);
      }
      if (e.fact() instanceof Fact.Ended || e.fact() instanceof Fact.Left) {
        debts[line] = null;
      }
      acks += e.fact() instanceof Fact.Heard h && isPositioned(h.frame()) ? 1 : 0;
    }
    return acks == 0
        ? Judged.unknown("nothing that has a position was heard")
        : Judged.holds(acks + " frames with a position were heard");
  }

  private static boolean isPositioned(@Nullable Frame frame) {
    return frame != null && frame.envelope().seq() > 0;
  }

  private static @Nullable String late(Debt debt, Event e) {
    boolean ends = e.fact() instanceof Fact.Ended || e.fact() instanceof Fact.Left;
    return !ends && debt.dueAt != Long.MAX_VALUE && e.nanos() > debt.dueAt + SLACK_NANOS
        ? "position " + debt.heard + " was not acked in time"
        : null;
  }

  private static @Nullable String heard(Debt debt, Frame frame, long now) {
    if (frame.body() instanceof Status.Connected c && c.resumption() != null) {
      debt.greeted = true;
      boolean reset =
          c.resumption().outcome() == dev.holdfast.protocol.frame.Resumption.Outcome.RESET;
      debt.resetting = reset;
      debt.heard = reset ? c.resumption().topSeq() : debt.heard;
      return null;
    }
    if (frame.body() instanceof Status.Hello) {
      return null;
    }
    debt.resetting &= !(frame.body() instanceof Status.Snapshot);
    long seq = frame.envelope().seq();
    boolean mayWait = debt.draining && frame.body() instanceof Message;
    if (!debt.greeted || seq <= 0 || mayWait || seq > debt.heard + 1) {
      return null;
    }
    debt.heard = Math.max(debt.heard, seq);
    debt.dueAt = Math.min(debt.dueAt, now + DUE_NANOS);
    return ++debt.frames > DUE_FRAMES + 1 ? debt.frames + " frames were not acked" : null;
  }

  private static @Nullable String wrote(Debt debt, Frame frame) {
    if (frame.body() instanceof Status.Hello hello) {
      debt.heard = hello.ack();
      return null;
    }
    if (frame.body() instanceof Status.Connected c && c.resumption() != null) {
      debt.greeted = true;
      debt.heard = c.resumption().ack();
    }
    debt.draining |= frame.body() instanceof Status.Drain;
    long ack = frame.envelope().ack();
    if (ack < 0 || debt.resetting) {
      return null;
    }
    if (ack > debt.heard) {
      return "position " + ack + " was acked, " + debt.heard + " was heard";
    }
    if (ack > debt.acked) {
      debt.frames = (int) Math.min(debt.frames, debt.heard - ack);
    }
    debt.acked = Math.max(debt.acked, ack);
    if (ack >= debt.heard) {
      debt.dueAt = Long.MAX_VALUE;
      debt.frames = 0;
    }
    return null;
  }

  private static @Nullable String delivered(Debt debt, Frame frame) {
    long seq = frame.envelope().seq();
    return debt.ofClient && seq > 0 && seq <= debt.acked
        ? "position " + seq + " was acked before it was shown"
        : null;
  }
}
