package dev.holdfast.protocol.codec;

/** A text is no JSON, or a field not of its kind. Words for the peer; costs no stack trace. */
final class Malformed extends Exception {
  private static final long serialVersionUID = 1L;

  private final String explanation;

  Malformed(String explanation) {
    super(explanation, null, false, false);
    this.explanation = explanation;
  }

  String explanation() {
    return explanation;
  }
}
