package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Frame;
import io.netty.buffer.Unpooled;

/** Sends a picked frame twice. */
record FrameDuplicate(Pick pick) implements FrameFault {
  static final Kind KIND =
      Kind.typed("frame_duplicate", a -> new FrameDuplicate(Pick.from(a)), Pick.ATTRIBUTES);

  @Override
  public void bite(Frame frame, Bitten pipe) {
    pipe.flow().bite("frame_duplicated", frame.payloadBytes());
    pipe.pass(Unpooled.copiedBuffer(frame.bytes()));
    pipe.pass(frame.bytes());
  }
}
