package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import java.util.Map;
import java.util.Set;

/**
 * Nothing said is lost: each message ended, or was refused to its caller. Whoever closes the tab
 * waits for nothing.
 *
 * <p>What profile core wrote to a connection that died may have been lost on the way, and may be
 * called in doubt; what was never written, or written to a connection that lived, may not. A run
 * cut by a crash in the middle of a tool is in doubt by its server's own word.
 */
final class NoLoss implements Checker {

  /** A doubt that the server itself tells of, or that HTTP leaves behind. */
  private static final Set<String> TOLD_BY_OTHERS =
      Set.of(ErrorCode.INTERRUPTED, "http_unreachable");

  @Override
  public String name() {
    return "no_loss";
  }

  @Override
  public String requirement() {
    return "Every message that was taken is answered, or its person is told what became of it.";
  }

  @Override
  public String premise() {
    return "A message was said.";
  }

  @Override
  public boolean bindsTime() {
    return true;
  }

  @Override
  public Judged judge(History history) {
    int ended = 0;
    int doubtful = 0;
    for (Map.Entry<String, Dialogue> entry : history.dialogues().entrySet()) {
      Dialogue dialogue = entry.getValue();
      for (Dialogue.Said said : dialogue.said()) {
        if (said.fate() == Kind.OK || said.fate() == Kind.FAIL || wasCut(said)) {
          ended++;
        } else if (dialogue.closed()) {
          doubtful++;
        } else if (mayBeInDoubt(history, entry.getKey(), dialogue, said)) {
          doubtful++;
        } else if (!said.written() && !dialogue.endsConnected()) {
          return Judged.unknown(
              entry.getKey() + " was not connected at the end; " + said.id() + " still waits");
        } else {
          return Judged.broken(entry.getKey() + " said " + said.id() + ", and nothing came of it");
        }
      }
    }
    String doubt = doubtful == 0 ? "" : ", " + doubtful + " written to a connection that died";
    return ended + doubtful == 0
        ? Judged.unknown("nothing was said")
        : Judged.holds(ended + " messages ended" + doubt);
  }

  /** A crash in the middle of a tool: nobody can know more, and the person was told so. */
  private static boolean wasCut(Dialogue.Said said) {
    return said.fate() == Kind.INDETERMINATE && ErrorCode.INTERRUPTED.equals(said.code());
  }

  private static boolean mayBeInDoubt(
      History history, String person, Dialogue dialogue, Dialogue.Said said) {
    boolean told = said.fate() == Kind.INDETERMINATE;
    if (told && TOLD_BY_OTHERS.contains(String.valueOf(said.code()))) {
      return true;
    }
    if (history.profile() == Profile.RESUME) {
      boolean byReset = "reset".equals(said.code()) || "lost_on_reset".equals(said.code());
      return told
          && byReset
          && (history.durability().equals(History.NO_DURABILITY)
              || refusedUnheard(history, person, said.id()));
    }
    return said.written() && said.writtenOn().stream().noneMatch(dialogue::survived);
  }

  /**
   * The server refused this message, and the person never heard of it because another tab took the
   * session over: it was never accepted, and no snapshot tells of it.
   */
  private static boolean refusedUnheard(History history, String person, String id) {
    boolean refused = false;
    for (Event e : history.events()) {
      if (isRefusal(e.fact(), id)) {
        if (e.process().equals(person)) {
          return false;
        }
        refused = true;
      }
    }
    return refused;
  }

  private static boolean isRefusal(Fact fact, String id) {
    Frame frame =
        switch (fact) {
          case Fact.Heard h -> h.frame();
          case Fact.Wrote w -> w.frame();
          default -> null;
        };
    return frame != null
        && frame.body() instanceof Failure
        && frame.envelope().runId() == null
        && id.equals(frame.envelope().replyTo());
  }
}
