package dev.holdfast.scenarios.broken;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One WebSocket frame, unmasked, on its way in either direction. */
public final class WireFrame {
  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  static final int CLOSE = 8;

  private static final int MAX_BYTES = 16 << 20;
  private static final byte[] NO_MASK = new byte[4];

  private final boolean fin;
  private final int opcode;
  private final byte[] payload;
  private final int reserved;
  private final boolean masked;

  WireFrame(boolean fin, int opcode, byte[] payload) {
    this(fin, opcode, payload, 0, true);
  }

  private WireFrame(boolean fin, int opcode, byte[] payload, int reserved, boolean masked) {
    this.fin = fin;
    this.opcode = opcode;
    this.payload = payload;
    this.reserved = reserved;
    this.masked = masked;
  }

  /** What RFC 6455 forbids a client. */
  boolean odd() {
    boolean known = opcode <= BINARY || (opcode >= CLOSE && opcode <= 10);
    return reserved != 0 || !masked || !known || (opcode >= CLOSE && payload.length > 125);
  }

  int length() {
    return payload.length;
  }

  public static WireFrame text(String text) {
    return new WireFrame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  static WireFrame close(int code) {
    return new WireFrame(true, CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
  }

  public boolean fin() {
    return fin;
  }

  public boolean is(int wanted) {
    return opcode == wanted;
  }

  public WireFrame as(boolean last, int otherOpcode) {
    return new WireFrame(last, otherOpcode, payload);
  }

  /** What the payload is as UTF-8, with a replacement character for each mistake. */
  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  public boolean badUtf8() {
    return is(TEXT) && text().indexOf('\uFFFD') >= 0;
  }

  static WireFrame read(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    long length = second & 0x7f;
    length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] mask = (second & 0x80) != 0 ? in.readNBytes(4) : NO_MASK;
    byte[] payload = in.readNBytes((int) length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return new WireFrame(
        (first & 0x80) != 0, first & 0x0f, payload, first & 0x70, (second & 0x80) != 0);
  }

  /** Writes the frame; a client's has to be masked, if only with zeros. */
  void write(OutputStream out, boolean toServer) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(payload.length + 14);
    bytes.put((byte) ((fin ? 0x80 : 0) | reserved | opcode));
    boolean masks = toServer && masked;
    int mark = masks ? 0x80 : 0;
    if (payload.length < 126) {
      bytes.put((byte) (mark | payload.length));
    } else if (payload.length < 1 << 16) {
      bytes.put((byte) (mark | 126)).putShort((short) payload.length);
    } else {
      bytes.put((byte) (mark | 127)).putLong(payload.length);
    }
    if (masks) {
      bytes.put(NO_MASK);
    }
    bytes.put(payload);
    out.write(bytes.array(), 0, bytes.position());
    out.flush();
  }
}
