package dev.holdfast.load;

/** Loads that cannot be taken for the parts of one; the message says why and is ready to print. */
public final class MergeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MergeException(String message) {
    super(message);
  }
}
