package dev.holdfast.protocol;

/** What a connection speaks: {@code core} without a subprotocol, {@code resume} with it. */
public enum Profile {
  CORE,
  RESUME;

  /** The WebSocket subprotocol that selects {@link #RESUME}. */
  public static final String SUBPROTOCOL = "agent-chat.v1";

  public String word() {
    return this == CORE ? "core" : "resume";
  }
}
