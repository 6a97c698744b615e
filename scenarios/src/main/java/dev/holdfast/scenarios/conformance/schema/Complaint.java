package dev.holdfast.scenarios.conformance.schema;

/**
 * Something in a frame that its schema does not allow.
 *
 * @param clause the clause that the frame breaks
 * @param path where in the frame, as a JSON pointer
 * @param what in words
 * @param where the case that received it, and on which of its connections
 * @param frame its text, cut short
 */
public record Complaint(String clause, String path, String what, String where, String frame) {

  /** Whether another one says the same of another frame. */
  public boolean repeats(Complaint other) {
    return clause.equals(other.clause) && path.equals(other.path) && what.equals(other.what);
  }

  @Override
  public String toString() {
    return (path.isEmpty() ? "the frame" : path) + ": " + what + " in " + frame;
  }
}
