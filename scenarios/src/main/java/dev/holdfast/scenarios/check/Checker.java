package dev.holdfast.scenarios.check;

/** A judge with one question. Reads a history once; knows nothing of sockets or simulation. */
public interface Checker {

  /** The name under which scenarios ask for it: {@code no_loss}. */
  String name();

  /** What must hold, as one sentence. */
  String requirement();

  Judged judge(History history);

  /** True, false or unknown, and what that rests on. */
  record Judged(Truth truth, String evidence) {
    public static Judged holds(String evidence) {
      return new Judged(Truth.TRUE, evidence);
    }

    public static Judged broken(String evidence) {
      return new Judged(Truth.FALSE, evidence);
    }

    public static Judged unknown(String why) {
      return new Judged(Truth.UNKNOWN, why);
    }
  }

  /** What can be said of a question. */
  enum Truth {
    TRUE,
    FALSE,
    /** The history does not tell, so nothing may be claimed. */
    UNKNOWN
  }
}
