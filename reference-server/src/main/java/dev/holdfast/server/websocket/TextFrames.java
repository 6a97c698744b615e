package dev.holdfast.server.websocket;

import io.netty.buffer.ByteBuf;

/**
 * A server's text frames on the wire (RFC 6455, section 5.2): whole, unmasked, without extension.
 *
 * <p>Written here so that many texts make one buffer and one write; Netty's encoder takes a buffer,
 * a promise and a walk through the pipeline for each.
 */
final class TextFrames {
  static final int MOST_HEADER_BYTES = 10;

  private static final int FINAL_TEXT = 0x81;
  private static final int SHORTEST = 125;
  private static final int SHORT = 0xFFFF;
  private static final int TWO_BYTES_FOLLOW = 126;
  private static final int EIGHT_BYTES_FOLLOW = 127;

  private TextFrames() {}

  static void write(ByteBuf out, byte[] utf8) {
    out.writeByte(FINAL_TEXT);
    if (utf8.length <= SHORTEST) {
      out.writeByte(utf8.length);
    } else if (utf8.length <= SHORT) {
      out.writeByte(TWO_BYTES_FOLLOW).writeShort(utf8.length);
    } else {
      out.writeByte(EIGHT_BYTES_FOLLOW).writeLong(utf8.length);
    }
    out.writeBytes(utf8);
  }
}
