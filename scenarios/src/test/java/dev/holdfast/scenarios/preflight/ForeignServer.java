package dev.holdfast.scenarios.preflight;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;

/** A server that answers each connection with the same bytes, after it read the request. */
public final class ForeignServer implements AutoCloseable {
  /** The accept value for the nonce that Holdfast's raw client sends. */
  public static final String SWITCHES =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

  private final ServerSocket socket;
  private final byte[] answer;
  private final boolean stays;
  private final AtomicReference<byte[]> first = new AtomicReference<>();

  private ForeignServer(byte[] answer, boolean stays) throws IOException {
    this.answer = answer.clone();
    this.stays = stays;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Ends each connection behind its answer. */
  public static ForeignServer ending(String answer) throws IOException {
    return new ForeignServer(answer.getBytes(ISO_8859_1), false);
  }

  /** Keeps each connection open behind its answer, and says no more. */
  public static ForeignServer staying(String answer) throws IOException {
    return new ForeignServer(answer.getBytes(ISO_8859_1), true);
  }

  /** Accepts the handshake and sends text messages. */
  public static ForeignServer saying(String... texts) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(SWITCHES.getBytes(ISO_8859_1));
    for (String text : texts) {
      byte[] payload = text.getBytes(UTF_8);
      bytes.write(0x81);
      bytes.write(payload.length < 126 ? payload.length : 126);
      if (payload.length >= 126) {
        bytes.write(payload.length >> 8);
        bytes.write(payload.length);
      }
      bytes.write(payload);
    }
    return new ForeignServer(bytes.toByteArray(), true);
  }

  /** The same, but the first connection gets other bytes and ends. */
  public ForeignServer answeringFirst(String other) {
    first.set(other.getBytes(ISO_8859_1));
    return this;
  }

  public URI url() {
    return URI.create("ws://127.0.0.1:" + socket.getLocalPort() + "/ws/chat");
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket peer = socket.accept();
        Thread.ofVirtual().start(() -> serve(peer));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket peer) {
    try (peer) {
      InputStream in = peer.getInputStream();
      OutputStream out = peer.getOutputStream();
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        head.append((char) next);
      }
      byte[] other = first.getAndSet(null);
      out.write(other == null ? answer : other);
      out.flush();
      if (other != null) {
        return;
      }
      while (stays && in.read() >= 0) {
        // What the client says is read, so that the end of the connection is seen.
      }
    } catch (IOException e) {
      // The client ended the connection.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
