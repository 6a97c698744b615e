package dev.holdfast.protocol.frame;

/** One frame: what it carries for the transport, and what it says. */
public record Frame(Envelope envelope, Body body) {

  public Frame with(Envelope changed) {
    return new Frame(changed, body);
  }

  public FrameType type() {
    return body.type();
  }

  /** Whether this frame ends a run in profile resume: a whole answer, or an error with a run. */
  public boolean endsRun() {
    return switch (body) {
      case Message m -> m.isAnswer();
      case Failure f -> envelope.runId() != null;
      default -> false;
    };
  }
}
