package dev.holdfast.protocol.frame;

/** What a frame says: its {@code type} and {@code data}. */
public sealed interface Body permits Message, ToolExecution, Status, Failure, Body.Ping, Body.Pong {

  FrameType type();

  /** Are you there? */
  record Ping() implements Body {
    @Override
    public FrameType type() {
      return FrameType.PING;
    }
  }

  /** I am. */
  record Pong() implements Body {
    @Override
    public FrameType type() {
      return FrameType.PONG;
    }
  }
}
