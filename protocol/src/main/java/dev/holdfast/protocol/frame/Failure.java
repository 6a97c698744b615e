package dev.holdfast.protocol.frame;

import org.jspecify.annotations.Nullable;

/**
 * The body of an {@code error} frame.
 *
 * @param error for people
 * @param code for programs, one of {@link ErrorCode} or a word of the other side's own
 * @param retryable whether the same message may be sent again under a new id; null when not said
 * @param indeterminate whether something may have happened that cannot be known
 */
public record Failure(
    String error, @Nullable String code, @Nullable Boolean retryable, boolean indeterminate)
    implements Body {

  public static Failure of(String code, String error) {
    return new Failure(error, code, null, false);
  }

  public static Failure retryable(String code, String error) {
    return new Failure(error, code, true, false);
  }

  @Override
  public FrameType type() {
    return FrameType.ERROR;
  }
}
