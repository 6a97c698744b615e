package dev.holdfast.report.result;

import org.jspecify.annotations.Nullable;

/** A list of known failures that cannot be used; the message says where and what to do. */
public final class KnownFailuresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KnownFailuresException(String message) {
    this(message, null);
  }

  KnownFailuresException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
