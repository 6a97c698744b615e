package dev.holdfast.proxy.frame;

import dev.holdfast.protocol.testing.PatientWaits;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket end that writes and reads bytes, so that a test sees what was on the wire. */
final class RawSocket implements AutoCloseable {
  /** A frame as it came: first byte of the header, whether masked, payload unmasked. */
  record Received(int first, boolean masked, ByteBuffer bytes) {
    byte[] payload() {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return copy;
    }

    int opcode() {
      return first & 0x0f;
    }

    boolean fin() {
      return (first & 0x80) != 0;
    }

    String text() {
      return new String(payload(), StandardCharsets.UTF_8);
    }

    int closeCode() {
      return bytes.getShort(0) & 0xffff;
    }
  }

  /** How long what must come is waited for. */
  static final int PATIENCE_MS = (int) PatientWaits.PATIENCE.toMillis();

  final Socket socket;
  private final boolean client;

  RawSocket(Socket socket, boolean client) throws IOException {
    this.socket = socket;
    this.client = client;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
  }

  static RawSocket connect(InetSocketAddress address) throws IOException {
    return new RawSocket(new Socket(address.getAddress(), address.getPort()), true);
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void ask(String extraHeaders) throws IOException {
    send(
        "GET /ws/chat HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + extraHeaders
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  }

  void grant() throws IOException {
    send(
        String.join(
            "\r\n",
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "\r\n"));
  }

  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new EOFException(head.toString());
      }
      head.append((char) next);
    }
    return head.toString();
  }

  void text(String payload) throws IOException {
    socket.getOutputStream().write(frame(0x81, payload.getBytes(StandardCharsets.UTF_8)));
  }

  void json(String type, int n) throws IOException {
    text("{\"data\":{\"n\":" + n + ",\"type\":\"inner\"},\"type\":\"" + type + "\"}");
  }

  byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    int mask = client ? 0x80 : 0;
    if (payload.length < 126) {
      out.write(mask | payload.length);
    } else {
      out.write(mask | 126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    }
    byte[] key = {1, 2, 3, (byte) 0xf4};
    if (client) {
      out.writeBytes(key);
    }
    for (int i = 0; i < payload.length; i++) {
      out.write(client ? payload[i] ^ key[i % 4] : payload[i]);
    }
    return out.toByteArray();
  }

  Received receive() throws IOException {
    InputStream in = socket.getInputStream();
    int first = in.read();
    if (first < 0) {
      throw new EOFException("FIN in place of a frame");
    }
    int second = in.read();
    int length = second & 0x7f;
    if (length == 126) {
      length = in.read() << 8 | in.read();
    }
    boolean masked = (second & 0x80) != 0;
    byte[] key = masked ? in.readNBytes(4) : new byte[4];
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= key[i % 4];
    }
    return new Received(first, masked, ByteBuffer.wrap(payload));
  }

  /** The n of a frame that json() sent. */
  int n() throws IOException {
    String text = receive().text();
    return Integer.parseInt(text.replaceAll(".*\"n\":(\\d+).*", "$1"));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
