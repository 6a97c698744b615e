package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Frame;

/** Loses a picked frame. */
record FrameDrop(Pick pick) implements FrameFault {
  static final Kind KIND =
      Kind.typed("frame_drop", a -> new FrameDrop(Pick.from(a)), Pick.ATTRIBUTES);

  @Override
  public void bite(Frame frame, Bitten pipe) {
    pipe.flow().bite("frame_dropped", frame.payloadBytes());
    frame.bytes().release();
  }
}
