package dev.holdfast.scenarios.preflight;

/** What came of the first attempt to talk to a target. */
sealed interface Came {
  /** No TCP connection: nothing listens, or no host has the name. */
  record Unreached(String why) implements Came {}

  /**
   * The handshake was sent and no answer came.
   *
   * @param withinMs how long it was waited for, in milliseconds
   */
  record NoAnswer(long withinMs) implements Came {}

  /** The connection ended before an answer to the handshake. */
  record Ended() implements Came {}

  /**
   * Bytes came that are no HTTP.
   *
   * @param first each character stands for a byte, as in ISO 8859-1
   */
  record NotHttp(String first) implements Came {}

  /** The handshake failed in another way. */
  record Failed(String why) implements Came {}

  /**
   * HTTP came that does not switch protocols.
   *
   * @param location of a redirect; empty where the answer has none
   * @param retryAfter as the server wrote it; empty where the answer has none
   */
  record Http(int status, String location, String retryAfter, String body) implements Came {}

  /** TLS failed before HTTP. */
  record TlsFailed(String why) implements Came {}

  /**
   * The handshake succeeded and no message came, not even after one was sent.
   *
   * @param withinMs how long it was waited for, in milliseconds
   */
  record Silence(long withinMs) implements Came {}

  /** The handshake succeeded, and the connection was closed without a message. */
  record Closed(int code, String reason) implements Came {}

  /** The first message is text, but not a frame of the protocol. */
  record OtherText(String text) implements Came {}

  /** The first message is binary. */
  record Binary(int bytes) implements Came {}
}
