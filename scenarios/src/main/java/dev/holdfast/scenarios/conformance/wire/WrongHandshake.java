package dev.holdfast.scenarios.conformance.wire;

import java.io.IOException;

/** The server switched protocols, but not as RFC 6455, section 4.2.2, has it. */
public final class WrongHandshake extends IOException {
  private static final long serialVersionUID = 1L;

  WrongHandshake(String what) {
    super(what);
  }
}
