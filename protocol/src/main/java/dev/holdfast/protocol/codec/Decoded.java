package dev.holdfast.protocol.codec;

import dev.holdfast.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;

/** What a text turned out to be: a frame, or a violation that carries what the reply needs. */
public sealed interface Decoded {

  /** A frame that may be acted on. */
  record Ok(Frame frame) implements Decoded {}

  /**
   * The peer's mistake, as a value.
   *
   * @param code one of invalid_json, invalid_frame, unknown_type
   * @param message for people; names the field at fault, never our internals
   * @param replyTo the id of the frame at fault, where it could be read
   * @param seq the position that the frame took, where it could be read, or -1
   */
  record Violation(String code, String message, @Nullable String replyTo, long seq)
      implements Decoded {}
}
