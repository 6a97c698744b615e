package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Frame;

/** Holds a picked frame back for delay ms, and with it all that follows. */
record FrameDelay(Pick pick, long delayNanos) implements FrameFault {
  static final Kind KIND =
      Kind.typed(
              "frame_delay",
              a -> new FrameDelay(Pick.from(a), a.millisAsNanos("delay")),
              Pick.ATTRIBUTES)
          .and("delay", 0L);

  @Override
  public void bite(Frame frame, Bitten pipe) {
    pipe.flow().bite("frame_delayed_ns", delayNanos);
    pipe.delay(frame, delayNanos);
  }
}
