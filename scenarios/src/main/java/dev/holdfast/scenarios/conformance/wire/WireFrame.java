package dev.holdfast.scenarios.conformance.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One WebSocket frame as RFC 6455 section 5.2 lays it out: whether it ends its message, an opcode
 * and a payload.
 */
final class WireFrame {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** More than this in one frame, and the peer is no longer listened to. */
  static final int MAX_PAYLOAD = 16 << 20;

  /** Two bytes, eight of length, four of mask. */
  private static final int MAX_HEAD = 14;

  private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

  private final boolean fin;
  private final int opcode;
  private final byte[] payload;

  WireFrame(boolean fin, int opcode, byte[] payload) {
    this.fin = fin;
    this.opcode = opcode;
    this.payload = payload;
  }

  boolean fin() {
    return fin;
  }

  int opcode() {
    return opcode;
  }

  byte[] payload() {
    return payload;
  }

  /** As a client must send it: masked. */
  byte[] masked() {
    ByteBuffer out = head(0x80);
    out.put(MASK);
    for (int i = 0; i < payload.length; i++) {
      out.put((byte) (payload[i] ^ MASK[i % MASK.length]));
    }
    return written(out);
  }

  /** As a server must send it: not masked. */
  byte[] unmasked() {
    return written(head(0).put(payload));
  }

  private static byte[] written(ByteBuffer out) {
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }

  private ByteBuffer head(int maskBit) {
    ByteBuffer out = ByteBuffer.allocate(payload.length + MAX_HEAD);
    out.put((byte) ((fin ? 0x80 : 0) | opcode));
    if (payload.length < 126) {
      out.put((byte) (maskBit | payload.length));
    } else if (payload.length < 1 << 16) {
      out.put((byte) (maskBit | 126)).putShort((short) payload.length);
    } else {
      out.put((byte) (maskBit | 127)).putLong(payload.length);
    }
    return out;
  }

  /** Reads a server's frame; servers do not mask. */
  static WireFrame read(DataInputStream in) throws IOException {
    return read(in, false);
  }

  /** Reads a client's frame; clients must mask. */
  static WireFrame readMasked(DataInputStream in) throws IOException {
    return read(in, true);
  }

  private static WireFrame read(DataInputStream in, boolean masked) throws IOException {
    String peer = masked ? "client" : "server";
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    long length = second & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    if ((second & 0x80) != 0 != masked) {
      throw new IOException("the " + peer + (masked ? " did not mask" : " masked") + " a frame");
    }
    if (length < 0 || length > MAX_PAYLOAD) {
      throw new IOException("the " + peer + " sent a frame of " + length + " bytes");
    }
    byte[] mask = masked ? in.readNBytes(MASK.length) : new byte[MASK.length];
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    for (int i = 0; masked && i < payload.length; i++) {
      payload[i] ^= mask[i % MASK.length];
    }
    return new WireFrame((first & 0x80) != 0, first & 0x0f, payload);
  }
}
