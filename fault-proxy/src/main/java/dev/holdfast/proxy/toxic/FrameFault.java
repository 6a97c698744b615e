package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Fragments;
import dev.holdfast.proxy.frame.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A fault of picked frames: what is done to one is all that it says. It sees to it that new
 * connections are not compressed, in whichever direction it works.
 */
interface FrameFault extends Toxic {
  Pick pick();

  /** What happens to a picked frame. */
  void bite(Frame frame, Bitten pipe);

  @Override
  default Pipe open(Flow flow) {
    return new Bitten(flow, this);
  }

  /** Keeps count of frame boundaries, and strips compression. */
  @Override
  default Pipe aside(Flow flow) {
    return new FramePipe(flow);
  }

  @Override
  default boolean bothWays() {
    return true;
  }

  /**
   * The pipe of such a fault. A text in fragments is one frame to it: whoever picks by type has to
   * read the whole message.
   */
  final class Bitten extends FramePipe {
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    private final FrameFault fault;
    private final Fragments fragments = new Fragments();

    Bitten(Flow flow, FrameFault fault) {
      super(flow);
      this.fault = fault;
    }

    Flow flow() {
      return flow;
    }

    @Override
    protected void frame(Frame frame) {
      if (fragments.takes(frame)) {
        fragments.add(frame);
        fragment();
      } else if (fault.pick().picks(frame, flow)) {
        fault.bite(frame, this);
      } else {
        pass(frame.bytes());
      }
    }

    private void fragment() {
      if (fragments.bytes() > MAX_MESSAGE_BYTES) {
        fragments.drain().forEach(part -> pass(part.bytes()));
      } else if (fragments.isComplete()) {
        Frame whole = fragments.joined();
        if (fault.pick().picks(whole, flow)) {
          fragments.drain().forEach(part -> part.bytes().release());
          fault.bite(whole, this);
        } else {
          whole.bytes().release();
          fragments.drain().forEach(part -> pass(part.bytes()));
        }
      }
    }

    @Override
    public @Nullable Chunk leftover() {
      fragments.drain().forEach(part -> pass(part.bytes()));
      return super.leftover();
    }
  }
}
