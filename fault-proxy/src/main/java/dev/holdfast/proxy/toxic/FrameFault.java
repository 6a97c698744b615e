package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Frame;

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

  /** The pipe of such a fault. */
  final class Bitten extends FramePipe {
    private final FrameFault fault;

    Bitten(Flow flow, FrameFault fault) {
      super(flow);
      this.fault = fault;
    }

    Flow flow() {
      return flow;
    }

    @Override
    protected void frame(Frame frame) {
      if (fault.pick().picks(frame, flow)) {
        fault.bite(frame, this);
      } else {
        pass(frame.sent());
      }
    }
  }
}
