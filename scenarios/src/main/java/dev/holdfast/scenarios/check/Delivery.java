package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.frame.Capability;
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
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Profile resume: each frame of a run reaches the application once, as it is heard. */
final class Delivery implements Checker {

  /** What one client has yet to show; a reset counts once its snapshot has arrived. */
  private static final class Screen {
    private final Set<String> endedRuns = new HashSet<>();
    private @Nullable Frame due;
    private long next = 1;
    private long afterSnapshot = 1;
    private boolean greeted;
    private boolean showsWhoIsHere;
  }

  @Override
  public String name() {
    return "delivery";
  }

  @Override
  public String requirement() {
    return "Each frame of a run reaches the application exactly once, in order.";
  }

  @Override
  public String premise() {
    return "A frame was shown.";
  }

  @Override
  public Judged judge(History history) {
    if (history.profile() != Profile.RESUME) {
      return Judged.excluded("in profile core frames may come again");
    }
    Map<String, Screen> screens = new HashMap<>();
    int shown = 0;
    for (Event e : history.events()) {
      if (e.source() != Source.CLIENT) {
        continue;
      }
      Screen screen = screens.computeIfAbsent(e.process(), p -> new Screen());
      String wrong =
          switch (e.fact()) {
            case Fact.Heard h -> h.frame() == null ? null : heard(screen, h.frame());
            case Fact.Delivered d -> delivered(screen, d.frame());
            case Fact.Dialled d -> {
              screen.greeted = false;
              yield null;
            }
            case Fact.Left l -> {
              screen.due = null;
              yield null;
            }
            default -> null;
          };
      if (wrong != null) {
        return Judged.brokenBy(Source.CLIENT, e.process() + ": " + wrong);
      }
      shown += e.fact() instanceof Fact.Delivered ? 1 : 0;
    }
    return shown == 0 ? Judged.unknown("nothing was shown") : Judged.holds(shown + " frames shown");
  }

  private static @Nullable String heard(Screen screen, Frame frame) {
    if (screen.due != null) {
      return screen.due.type().word() + " at " + screen.due.envelope().seq() + " was not shown";
    }
    switch (frame.body()) {
      case Status.Connected c when c.resumption() != null && !screen.greeted -> {
        screen.greeted = true;
        screen.showsWhoIsHere = c.resumption().capabilities().contains(Capability.PRESENCE);
        boolean reset = c.resumption().outcome() == Resumption.Outcome.RESET;
        screen.afterSnapshot = reset ? c.resumption().topSeq() + 1 : screen.next;
      }
      case Status.Snapshot s -> {
        screen.next = screen.afterSnapshot;
        screen.due = frame;
        for (SnapshotRun run : s.runs()) {
          if (run.ended()) {
            screen.endedRuns.add(run.runId());
          }
        }
      }
      case Status.Presence p -> screen.due = screen.showsWhoIsHere ? frame : null;
      default -> {
        long seq = frame.envelope().seq();
        if (frame.body() instanceof Message m && m.stream() != null && screen.greeted) {
          screen.due = isForApplication(screen, frame) ? frame : null;
        } else if (seq > 0 && seq == screen.next) {
          screen.next++;
          screen.due = isForApplication(screen, frame) ? frame : null;
        }
      }
    }
    return null;
  }

  private static boolean isForApplication(Screen screen, Frame frame) {
    String run = frame.envelope().runId();
    boolean kind =
        switch (frame.body()) {
          case Message m -> true;
          case ToolExecution t -> true;
          case Failure f -> true;
          case Status.Processing p -> true;
          default -> false;
        };
    return kind && (run == null || !screen.endedRuns.contains(run));
  }

  private static @Nullable String delivered(Screen screen, Frame frame) {
    String run = frame.envelope().runId();
    if (run != null && Frames.isEnd(frame)) {
      screen.endedRuns.add(run);
    }
    boolean wasDue = frame.equals(screen.due);
    screen.due = wasDue ? null : screen.due;
    return wasDue || frame.envelope().seq() <= 0
        ? null
        : frame.type().word() + " at " + frame.envelope().seq() + " was shown unasked";
  }
}
