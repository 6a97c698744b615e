package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import org.jspecify.annotations.Nullable;

/** What judges want to know of a frame. */
final class Frames {
  private Frames() {}

  /** Whether what was heard ends a run, in either profile. */
  static boolean isEnd(Fact.Heard heard) {
    Frame frame = heard.frame();
    return frame == null ? heard.longAnswer() : isEnd(frame);
  }

  static boolean isEnd(Frame frame) {
    return switch (frame.body()) {
      case Message m -> m.isAnswer();
      case Failure f -> frame.envelope().runId() != null || ErrorCode.endsOldestRun(f.code());
      default -> false;
    };
  }

  /** The run that a frame belongs to, if it says so and is no control frame. */
  static @Nullable String runOf(@Nullable Frame frame) {
    return isOfRun(frame) && frame != null ? frame.envelope().runId() : null;
  }

  /** The run that a frame belongs to, or the message that this run answers; null for neither. */
  static @Nullable String subjectOf(@Nullable Frame frame) {
    if (frame == null || !isOfRun(frame)) {
      return null;
    }
    boolean refusal = frame.body() instanceof Failure && !isEnd(frame);
    boolean echo = frame.body() instanceof Message m && m.isEcho();
    String run = frame.envelope().runId();
    return run != null || refusal || echo ? run : frame.envelope().replyTo();
  }

  private static boolean isOfRun(@Nullable Frame frame) {
    return frame != null
        && switch (frame.body()) {
          case Message m -> true;
          case ToolExecution t -> true;
          case Status.Processing p -> true;
          case Failure f -> true;
          default -> false;
        };
  }
}
