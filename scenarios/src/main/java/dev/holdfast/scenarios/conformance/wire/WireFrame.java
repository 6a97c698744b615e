package dev.holdfast.scenarios.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

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
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 14);
    out.write((fin ? 0x80 : 0) | opcode);
    if (payload.length < 126) {
      out.write(0x80 | payload.length);
    } else if (payload.length < 1 << 16) {
      out.write(0x80 | 126);
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      out.write(0x80 | 127);
      out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    out.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ MASK[i % MASK.length]);
    }
    return out.toByteArray();
  }

  /** As a server must send it: not masked. */
  byte[] unmasked() {
    ByteBuffer out = ByteBuffer.allocate(payload.length + 10);
    out.put((byte) ((fin ? 0x80 : 0) | opcode));
    if (payload.length < 126) {
      out.put((byte) payload.length);
    } else if (payload.length < 1 << 16) {
      out.put((byte) 126).putShort((short) payload.length);
    } else {
      out.put((byte) 127).putLong(payload.length);
    }
    out.put(payload);
    return Arrays.copyOf(out.array(), out.position());
  }

  /** The same frame as no client may send it: without its mask. */
  static byte[] unmasked(byte[] masked, byte[] payload) {
    int head = masked.length - payload.length - MASK.length;
    byte[] bare = new byte[head + payload.length];
    System.arraycopy(masked, 0, bare, 0, head);
    bare[1] &= 0x7f;
    System.arraycopy(payload, 0, bare, head, payload.length);
    return bare;
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
