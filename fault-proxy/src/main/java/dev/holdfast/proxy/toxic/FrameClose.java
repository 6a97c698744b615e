package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Frame;

/**
 * Adds a close frame with any code behind a picked frame, as if the sender had closed; what the
 * sender says after that is lost. With nth 0 and no type it comes as soon as no frame is half
 * through.
 */
record FrameClose(Pick pick, int code, String reason) implements Toxic {
  static final Kind KIND =
      Kind.typed("frame_close", FrameClose::from, Pick.ATTRIBUTES)
          .and("code", 1_000L)
          .and("reason", "");

  private static FrameClose from(Attributes a) {
    String reason = a.text("reason");
    long code = a.whole("code");
    if (code > 65_535 || Frame.reasonBytes(reason) > 123) {
      throw new IllegalArgumentException(
          "frame_close.code must be at most 65535 and its reason at most 123 bytes");
    }
    return new FrameClose(Pick.from(a), (int) code, reason);
  }

  private boolean atOnce() {
    return pick.nth() == 0 && pick.type().isEmpty();
  }

  @Override
  public Pipe open(Flow flow) {
    return new Closing(flow);
  }

  @Override
  public Pipe aside(Flow flow) {
    return new FramePipe(flow);
  }

  @Override
  public boolean bothWays() {
    return true;
  }

  private final class Closing extends FramePipe {
    private boolean closed;

    Closing(Flow flow) {
      super(flow);
      if (atOnce()) {
        flow.alarm(1, this::closeBetweenFrames);
      }
    }

    private void closeBetweenFrames() {
      if (!closed && betweenFrames()) {
        close();
      }
    }

    @Override
    protected void frame(Frame frame) {
      if (closed) {
        frame.bytes().release();
        return;
      }
      boolean picked = pick.picks(frame, flow);
      pass(frame.sent());
      if (picked) {
        close();
      }
    }

    private void close() {
      closed = true;
      flow.bite("close_injected", code);
      pass(Frame.close(code, reason, fromClient()));
    }
  }
}
