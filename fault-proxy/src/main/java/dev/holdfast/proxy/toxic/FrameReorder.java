package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Frame;
import org.jspecify.annotations.Nullable;

/** Sends a picked frame after the one that follows it. */
record FrameReorder(Pick pick) implements Toxic {
  static final Kind KIND =
      Kind.typed("frame_reorder", a -> new FrameReorder(Pick.from(a)), Pick.ATTRIBUTES);

  @Override
  public Pipe open(Flow flow) {
    return new Swapping(flow);
  }

  @Override
  public Pipe aside(Flow flow) {
    return new FramePipe(flow);
  }

  @Override
  public boolean bothWays() {
    return true;
  }

  private final class Swapping extends FramePipe {
    private @Nullable Frame late;

    Swapping(Flow flow) {
      super(flow);
    }

    @Override
    protected void frame(Frame frame) {
      if (late == null && pick.picks(frame, flow)) {
        late = frame;
      } else if (late != null && frame.isData()) {
        flow.bite("frame_reordered", frame.payloadBytes());
        pass(frame.sent());
        passLate();
      } else {
        pass(frame.sent());
      }
    }

    private void passLate() {
      if (late != null) {
        pass(late.sent());
        late = null;
      }
    }

    @Override
    public void end() {
      passLate();
      super.end();
    }

    /** An update or a removal finds the frame in its old place. */
    @Override
    public @Nullable Chunk leftover() {
      passLate();
      return super.leftover();
    }
  }
}
