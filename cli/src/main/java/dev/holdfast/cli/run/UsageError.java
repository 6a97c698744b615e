package dev.holdfast.cli.run;

/** The command or its configuration cannot be meant; the message says what to write instead. */
public final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageError(String message) {
    super(message);
  }
}
