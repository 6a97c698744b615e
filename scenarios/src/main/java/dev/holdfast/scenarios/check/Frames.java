package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.journal.HistoryRecord;
import org.jspecify.annotations.Nullable;

/** Reads the frames that a history holds as text. */
final class Frames {
  private Frames() {}

  static @Nullable Frame of(HistoryRecord r) {
    String text = r.text("text");
    if (text == null) {
      return null;
    }
    return Codec.decode(text, Codec.Reading.TOLERANT) instanceof Decoded.Ok ok ? ok.frame() : null;
  }

  /** A text too long to be kept whole is no JSON any more; how it begins tells what it was. */
  private static boolean isLongAnswer(HistoryRecord r) {
    String text = String.valueOf(r.text("text"));
    return r.op().equals("message")
        && !text.contains("\"stream\":")
        && !text.contains("\"role\":\"user\"");
  }

  /** Whether a received frame ends a run, in either profile. */
  static boolean isEnd(HistoryRecord r) {
    if (!r.op().equals("message") && !r.op().equals("error")) {
      return false;
    }
    Frame frame = of(r);
    if (frame == null) {
      return r.data().containsKey("cut") && isLongAnswer(r);
    }
    return switch (frame.body()) {
      case Message m -> m.isAnswer();
      case Failure f -> frame.envelope().runId() != null || ErrorCode.endsOldestRun(f.code());
      default -> false;
    };
  }
}
