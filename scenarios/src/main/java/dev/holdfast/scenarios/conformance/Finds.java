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

  /** The target did something else than required. */
  public static final class Mismatch extends Finds {
    private static final long serialVersionUID = 1L;
    private final String expected;
    private final String seen;

    public Mismatch(String expected, String seen) {
      super("expected " + expected + ", saw " + seen);
      this.expected = expected;
      this.seen = seen;
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

    public Unclear(String why) {
      super(why);
      this.why = why;
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
