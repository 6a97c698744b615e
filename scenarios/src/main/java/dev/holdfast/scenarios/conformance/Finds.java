package dev.holdfast.scenarios.conformance;

/**
 * How a script ends early: with a mismatch, because the question cannot be answered, or because it
 * does not arise.
 */
public abstract sealed class Finds extends Exception {
  private static final long serialVersionUID = 1L;

  private Finds(String message) {
    super(message);
  }

  /**
   * The target did something else than required.
   *
   * <p>Something that came and must not come counts at once. Something that did not come in time
   * may be the work of other cases beside this one: such an absence is played again alone before it
   * counts.
   */
  public static final class Mismatch extends Finds {
    private static final long serialVersionUID = 1L;
    private final String expected;
    private final String seen;
    private final boolean absence;

    /** Something wrong came: it counts at once. */
    public Mismatch(String expected, String seen) {
      this(expected, seen, false);
    }

    private Mismatch(String expected, String seen, boolean absence) {
      super("expected " + expected + ", saw " + seen);
      this.expected = expected;
      this.seen = seen;
      this.absence = absence;
    }

    /** Something required did not come, or came late, or the connection ended instead. */
    public static Mismatch absence(String expected, String seen) {
      return new Mismatch(expected, seen, true);
    }

    /** Whether something did not come, or came late. */
    public boolean isAbsence() {
      return absence;
    }

    public String expected() {
      return expected;
    }

    public String seen() {
      return seen;
    }
  }

  /** What the case is about could not be brought about. */
  public static final class Unclear extends Finds {
    private static final long serialVersionUID = 1L;

    private final String why;
    private final int connections;

    public Unclear(String why) {
      this(why, -1);
    }

    private Unclear(String why, int connections) {
      super(why);
      this.why = why;
      this.connections = connections;
    }

    /** The target had no room for a connection beside so many of the case, and said so. */
    static Unclear full(String why, int connections) {
      return new Unclear(why, connections);
    }

    /** How many connections the case had when the target was full, or -1 when it was not. */
    int connectionsWhenFull() {
      return connections;
    }

    /** Whether a premise was not proven because something did not come, or came late. */
    public boolean isAbsence() {
      return getCause() instanceof Mismatch mismatch && mismatch.isAbsence();
    }

    public String why() {
      return why;
    }
  }

  /** The target is not of the kind that the case asks about. */
  public static final class Inapplicable extends Finds {
    private static final long serialVersionUID = 1L;

    private final String why;

    public Inapplicable(String why) {
      super(why);
      this.why = why;
    }

    public String why() {
      return why;
    }
  }
}
