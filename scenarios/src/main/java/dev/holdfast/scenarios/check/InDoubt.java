package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Profile;

/**
 * Whether a story of profile core left a message in doubt: it was written, every connection on
 * which it was written ended, and no end of it came. Core promises no answer to such a message.
 */
public final class InDoubt {
  private InDoubt() {}

  /** Whether any message of the history is in doubt; never so in profile resume. */
  public static boolean in(History history) {
    return history.profile() == Profile.CORE
        && history.dialogues().values().stream()
            .anyMatch(d -> d.said().stream().anyMatch(said -> isInDoubt(d, said)));
  }

  private static boolean isInDoubt(Dialogue dialogue, Dialogue.Said said) {
    boolean open =
        said.fate() == null
            || said.fate() == dev.holdfast.protocol.journal.HistoryRecord.Kind.INDETERMINATE;
    return open && said.written() && said.writtenOn().stream().noneMatch(dialogue::survived);
  }
}
