package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Frame;

/** Flips bits of one payload byte of a picked frame; the header and the mask stay true. */
record FrameCorrupt(Pick pick) implements FrameFault {
  static final Kind KIND =
      Kind.typed("frame_corrupt", a -> new FrameCorrupt(Pick.from(a)), Pick.ATTRIBUTES);

  @Override
  public void bite(Frame frame, Bitten pipe) {
    if (frame.payloadBytes() > 0) {
      int offset = (int) pipe.flow().chance().below(frame.payloadBytes());
      pipe.flow().bite("frame_corrupted_at", offset);
      frame.flip(offset, 1 + (int) pipe.flow().chance().below(255));
    }
    pipe.pass(frame.bytes());
  }
}
