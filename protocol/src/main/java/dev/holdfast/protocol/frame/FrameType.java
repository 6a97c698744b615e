package dev.holdfast.protocol.frame;

import org.jspecify.annotations.Nullable;

/** The six frame types, by their word on the wire. */
public enum FrameType {
  MESSAGE("message"),
  TOOL_EXECUTION("tool_execution"),
  STATUS("status"),
  ERROR("error"),
  PING("ping"),
  PONG("pong");

  private final String word;

  FrameType(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public static @Nullable FrameType of(String word) {
    return switch (word) {
      case "message" -> MESSAGE;
      case "tool_execution" -> TOOL_EXECUTION;
      case "status" -> STATUS;
      case "error" -> ERROR;
      case "ping" -> PING;
      case "pong" -> PONG;
      default -> null;
    };
  }
}
