package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person is shown in the end equals what they would have been shown without any fault.
 *
 * <p>What a fault may bring instead is an end that says so: refused, interrupted, in doubt. After a
 * server forgot what it knew, an answer may be shown once more.
 */
final class FaultTransparency implements Checker {

  /** Ends that say that something came between. */
  private static final Set<String> TOLD =
      Set.of(
          "queue_full",
          "busy",
          "interrupted",
          "cancelled",
          "agent_timeout",
          "draining",
          "forbidden",
          "unavailable");

  private record Place(String process, String id) {}

  @Override
  public String name() {
    return "fault_transparency";
  }

  @Override
  public String requirement() {
    return "The final transcript equals that of the same story without faults.";
  }

  @Override
  public String premise() {
    return "How the story goes without faults is known, and a message of it ended.";
  }

  @Override
  public Judged judge(History history) {
    Map<String, String> calm = history.calm();
    if (calm.isEmpty()) {
      return Judged.unknown("how the story goes without faults is not known");
    }
    Map<Place, String> shown = new HashMap<>();
    int same = 0;
    for (Event e : history.events()) {
      if (e.fact() instanceof Fact.Forgot) {
        shown.clear();
      }
      if (e.source() != Source.CLIENT) {
        continue;
      }
      switch (e.fact()) {
        case Fact.Delivered d -> {
          String wrong = deliver(shown, e.process(), d.frame(), calm);
          if (wrong != null) {
            return Judged.broken(e.process() + ": " + wrong);
          }
        }
        case Fact.Settled s -> {
          String due = calm.get(s.id());
          String wrong = due == null ? null : settled(s, due);
          if (wrong != null) {
            return Judged.broken(e.process() + ": " + s.id() + " " + wrong);
          }
          same += due == null ? 0 : 1;
        }
        default -> {}
      }
    }
    return same == 0
        ? Judged.unknown("nothing ended")
        : Judged.holds(same + " messages ended as without faults");
  }

  private static @Nullable String deliver(
      Map<Place, String> shown, String process, Frame frame, Map<String, String> calm) {
    String id = frame.envelope().replyTo();
    String due = id == null ? null : calm.get(id);
    if (id == null || due == null || !(frame.body() instanceof Message m) || !m.isAnswer()) {
      return id != null && due != null && !due.isEmpty() && frame.body() instanceof Failure f
          ? failed(id, f)
          : null;
    }
    String content = String.valueOf(m.content());
    if (!content.equals(due)) {
      return id + " was answered otherwise than without faults";
    }
    String before = shown.put(new Place(process, id), content);
    return before == null ? null : id + " was shown twice";
  }

  private static @Nullable String failed(String id, Failure f) {
    return f.code() != null && TOLD.contains(f.code())
        ? null
        : id + " failed with " + f.code() + ", not so without faults";
  }

  private static @Nullable String settled(Fact.Settled s, String due) {
    return switch (s.fate()) {
      case OK -> due.isEmpty() ? "was answered, and fails without faults" : null;
      case FAIL -> {
        boolean fails = due.isEmpty() && "agent_failed".equals(s.code());
        yield fails || TOLD.contains(String.valueOf(s.code())) ? null : "failed with " + s.code();
      }
      default -> null;
    };
  }
}
