package dev.holdfast.server.session;

import dev.holdfast.protocol.frame.Frame;

/** A connection as its session sees it. None of this blocks, and all of it may come late. */
public interface Link {

  String id();

  void send(Frame frame);

  /** Close politely, after what was sent before; what the peer still says is not passed on. */
  void close(int code, String reason);

  /** One text that came in on this link was dealt with. */
  void dealtWith();
}
