package dev.holdfast.proxy.frame;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One WebSocket frame as it is on the wire, header and mask included.
 *
 * @param bytes of the frame; of a message in fragments, those of the same message in one piece
 * @param sent what was on the wire: the same, or the fragments
 */
public record Frame(ByteBuf bytes, ByteBuf sent) {
  static final int MAX_HEADER_BYTES = 14;

  private static final int FIN = 0x80;
  private static final int RSV1 = 0x40;
  private static final int OPCODE = 0x0f;
  private static final int MASKED = 0x80;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final JsonFactory JSON = new JsonFactory();

  public Frame(ByteBuf bytes) {
    this(bytes, bytes);
  }

  /** How long a header is, by its second byte. */
  static int headerLength(byte second) {
    int length = second & 0x7f;
    int extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    return 2 + extended + ((second & MASKED) == 0 ? 0 : 4);
  }

  /** The payload's length that a complete header gives; negative if it is no length. */
  static long payloadLength(byte[] header) {
    return payloadLength(Unpooled.wrappedBuffer(header));
  }

  private static long payloadLength(ByteBuf frame) {
    int at = frame.readerIndex();
    int length = frame.getByte(at + 1) & 0x7f;
    return switch (length) {
      case 126 -> frame.getUnsignedShort(at + 2);
      case 127 -> frame.getLong(at + 2);
      default -> length;
    };
  }

  /** The whole length of the frame that begins here, or -1 while its header is incomplete. */
  public static long wholeLength(ByteBuf data) {
    if (data.readableBytes() < 2) {
      return -1;
    }
    int header = headerLength(data.getByte(data.readerIndex() + 1));
    if (data.readableBytes() < header) {
      return -1;
    }
    long payload = payloadLength(data);
    return payload < 0 || payload > Long.MAX_VALUE - header ? Long.MAX_VALUE : header + payload;
  }

  /** Text or binary; not ping, pong or close, and no fragment without its beginning. */
  public boolean isData() {
    return opcode() > 0 && opcode() < CLOSE;
  }

  /** Ping, pong or close, which may stand between the fragments of a message. */
  boolean isControl() {
    return opcode() >= CLOSE;
  }

  /** Whether a message ends with this frame. */
  boolean isFinal() {
    return (first() & FIN) != 0;
  }

  /** The message that this frame is the first fragment of, with the payload of all fragments. */
  Frame joined(ByteBuf payload, ByteBuf fragments) {
    byte[] whole = new byte[payload.readableBytes()];
    payload.getBytes(payload.readerIndex(), whole);
    ByteBuf out = Unpooled.buffer(whole.length + MAX_HEADER_BYTES);
    write(out, first() | FIN, whole, 0, whole.length, masked());
    return new Frame(out, fragments);
  }

  /** Whether an extension, permessage-deflate that is, has made the payload unreadable. */
  public boolean isCompressed() {
    return (first() & RSV1) != 0;
  }

  /** The {@code type} of the JSON object in this text frame; empty if there is none to be seen. */
  public String type() {
    if (opcode() != TEXT || isCompressed()) {
      return "";
    }
    try (JsonParser parser = JSON.createParser(payload())) {
      return topLevelType(parser);
    } catch (IOException e) {
      return "";
    }
  }

  private static String topLevelType(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return "";
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals("type");
      JsonToken value = parser.nextToken();
      if (found) {
        return value == JsonToken.VALUE_STRING ? parser.getText() : "";
      }
      parser.skipChildren();
    }
    return "";
  }

  /** The payload, unmasked. */
  public byte[] payload() {
    byte[] payload = new byte[payloadBytes()];
    bytes.getBytes(payloadStart(), payload);
    if (masked()) {
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= bytes.getByte(payloadStart() - 4 + i % 4);
      }
    }
    return payload;
  }

  public int payloadBytes() {
    return bytes.writerIndex() - payloadStart();
  }

  /**
   * Changes one byte of the payload; with a mask or without, the reader sees these bits flipped.
   */
  public void flip(int offset, int bits) {
    int at = payloadStart() + offset;
    bytes.setByte(at, bytes.getByte(at) ^ bits);
  }

  /** The same message in two fragments, the first of so many bytes. */
  public ByteBuf split(int firstBytes) {
    byte[] payload = payload();
    ByteBuf out = Unpooled.buffer(payload.length + 2 * MAX_HEADER_BYTES);
    write(out, first() & ~FIN, payload, 0, firstBytes, masked());
    write(out, first() & FIN, payload, firstBytes, payload.length - firstBytes, masked());
    return out;
  }

  /** A close frame, masked if a client is to have sent it. */
  public static ByteBuf close(int code, String reason, boolean masked) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    ByteBuf out = Unpooled.buffer(payload.length + MAX_HEADER_BYTES);
    write(out, FIN | CLOSE, payload, 0, payload.length, masked);
    return out;
  }

  /** How much of a control frame's 125 bytes this reason takes. */
  public static int reasonBytes(String reason) {
    return reason.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void write(
      ByteBuf out, int first, byte[] payload, int from, int length, boolean masked) {
    out.writeByte(first);
    int mask = masked ? MASKED : 0;
    if (length < 126) {
      out.writeByte(mask | length);
    } else if (length < 65_536) {
      out.writeByte(mask | 126).writeShort(length);
    } else {
      out.writeByte(mask | 127).writeLong(length);
    }
    if (!masked) {
      out.writeBytes(payload, from, length);
      return;
    }
    // A mask hides from proxies what is sent; it decides nothing, so it needs no seed.
    int key = ThreadLocalRandom.current().nextInt();
    out.writeInt(key);
    for (int i = 0; i < length; i++) {
      out.writeByte(payload[from + i] ^ (key >>> (24 - 8 * (i % 4))));
    }
  }

  private int first() {
    return bytes.getByte(bytes.readerIndex()) & 0xff;
  }

  private int opcode() {
    return first() & OPCODE;
  }

  private boolean masked() {
    return (bytes.getByte(bytes.readerIndex() + 1) & MASKED) != 0;
  }

  private int payloadStart() {
    return bytes.readerIndex() + headerLength(bytes.getByte(bytes.readerIndex() + 1));
  }
}
