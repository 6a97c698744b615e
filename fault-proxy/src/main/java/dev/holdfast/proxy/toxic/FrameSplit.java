package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Frame;

/** Sends a picked frame as two fragments, which mean the same. */
record FrameSplit(Pick pick) implements FrameFault {
  static final Kind KIND =
      Kind.typed("frame_split", a -> new FrameSplit(Pick.from(a)), Pick.ATTRIBUTES);

  @Override
  public void bite(Frame frame, Bitten pipe) {
    int first = (int) pipe.flow().chance().below(frame.payloadBytes() + 1L);
    pipe.flow().bite("frame_split_at", first);
    pipe.pass(frame.split(first));
    frame.bytes().release();
  }
}
