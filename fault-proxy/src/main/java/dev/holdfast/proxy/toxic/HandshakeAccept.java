package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Head;
import org.jspecify.annotations.Nullable;

/** Answers the handshake of a new connection with an accept key that is wrong. */
record HandshakeAccept() implements Toxic {
  static final Kind KIND = Kind.of("handshake_accept", a -> new HandshakeAccept());

  @Override
  public Pipe open(Flow flow) {
    return new FramePipe(flow) {
      @Override
      protected @Nullable String head(String head) {
        String changed = Head.isRequest(head) ? head : Head.withWrongAccept(head);
        if (!changed.equals(head)) {
          flow.bite("accept_key_changed", 1);
        }
        return changed;
      }
    };
  }
}
