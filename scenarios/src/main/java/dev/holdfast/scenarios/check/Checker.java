package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.journal.HistoryRecord.Source;
import org.jspecify.annotations.Nullable;

/** A judge with one question. Reads a history once; knows nothing of sockets or simulation. */
public interface Checker {

  /** The name under which scenarios ask for it: {@code no_loss}. */
  String name();

  /** What must hold, as one sentence. */
  String requirement();

  /**
   * What must have been seen before anything is judged, as one sentence; without it the answer is
   * unknown.
   */
  String premise();

  /**
   * Whether it may say no because something came late or not at all, which a starved machine
   * excuses; what is wrong however long it took is no matter of time.
   */
  default boolean bindsTime() {
    return false;
  }

  Judged judge(History history);

  /**
   * True, false or unknown, and what that rests on.
   *
   * @param by which half broke the rule; null where the evidence does not tell
   */
  record Judged(Truth truth, String evidence, @Nullable Source by) {
    public static Judged holds(String evidence) {
      return new Judged(Truth.TRUE, evidence, null);
    }

    public static Judged broken(String evidence) {
      return new Judged(Truth.FALSE, evidence, null);
    }

    /** The same, and whose doing it is. */
    public static Judged brokenBy(Source half, String evidence) {
      return new Judged(Truth.FALSE, evidence, half);
    }

    /** The history does not tell: the premise was not seen. */
    public static Judged unknown(String why) {
      return new Judged(Truth.UNKNOWN, why, null);
    }

    /** The profile, or the target's own way, excludes the premise. */
    public static Judged excluded(String why) {
      return new Judged(Truth.EXCLUDED, why, null);
    }
  }

  /** What can be said of a question. */
  enum Truth {
    TRUE,
    FALSE,
    /** The history does not tell, so nothing may be claimed. */
    UNKNOWN,
    /** The question does not arise. */
    EXCLUDED
  }
}
