package dev.holdfast.scenarios.conformance.client;

/** The client says that it cannot do what a case asks for: the case is not applicable. */
final class Unsupported extends Exception {
  private static final long serialVersionUID = 1L;

  Unsupported(String what) {
    super(what);
  }
}
