package dev.holdfast.scenarios.conformance.wire;

import java.io.IOException;

/** The answer to the handshake is no HTTP. */
public final class NotHttp extends IOException {
  private static final long serialVersionUID = 1L;
  private final String first;

  NotHttp(String first) {
    super("no HTTP answer: " + first);
    this.first = first;
  }

  /** Its first line, or all that came; each character stands for a byte, as in ISO 8859-1. */
  public String first() {
    return first;
  }
}
