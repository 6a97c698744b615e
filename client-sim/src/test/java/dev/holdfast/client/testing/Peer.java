package dev.holdfast.client.testing;

import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The server's end of one connection, word by word. */
public final class Peer {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PONG = 10;

  private final Socket socket;
  private final DataInputStream in;
  private final String requestLine;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile int closeCode;
  private final AtomicInteger pongs = new AtomicInteger();

  Peer(Socket socket) throws IOException {
    this.socket = socket;
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    requestLine = line();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers.put(header.substring(0, colon), header.substring(colon + 1).trim());
    }
  }

  public String requestLine() {
    return requestLine;
  }

  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** The texts received so far. */
  public List<String> received() {
    return received;
  }

  /** The contents of the messages received so far. */
  public List<String> contents() {
    return received.stream()
        .map(Peer::frame)
        .filter(f -> f.body() instanceof Message)
        .map(f -> String.valueOf(((Message) f.body()).content()))
        .toList();
  }

  /** The code of the client's close frame; 0 while there is none. */
  public int closeCode() {
    return closeCode;
  }

  /** WebSocket pongs, not the protocol's own. */
  public int pongs() {
    return pongs.get();
  }

  public void raw(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public void refuse(int status, String... moreHeaders) throws IOException {
    String more = moreHeaders.length == 0 ? "" : String.join("\r\n", moreHeaders) + "\r\n";
    raw("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n" + more + "\r\n");
  }

  public void accept(String... moreHeaders) throws IOException {
    String more = moreHeaders.length == 0 ? "" : String.join("\r\n", moreHeaders) + "\r\n";
    raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n");
    raw("Sec-WebSocket-Accept: " + acceptKey() + "\r\n" + more + "\r\n");
  }

  private String acceptKey() {
    try {
      byte[] key = (headers.get("Sec-WebSocket-Key") + GUID).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(key));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Accepts and says hello, as a plain server would. */
  public void greet() throws IOException {
    accept();
    connected();
  }

  public void connected() throws IOException {
    send("{\"type\":\"status\",\"data\":{\"status\":\"connected\",\"session_id\":\"s1\"}}");
  }

  /** Takes the subprotocol, hears the hello and opens a new session. */
  public void resume(String token) throws IOException {
    accept("Sec-WebSocket-Protocol: agent-chat.v1");
    receive();
    send(
        """
        {"type":"status","timestamp":"2026-01-01T00:00:00.000Z","data":{"status":"connected",\
        "outcome":"new","session_id":"s1","epoch":"e1","resume_token" : "%s","ack":0,"top_seq":0,\
        "heartbeat_interval_ms":30000,"capabilities":["cancel"]}}\
        """
            .formatted(token));
  }

  public void serve() throws IOException {
    greet();
    answerAll();
  }

  /** Answers messages and pings until the client goes. */
  public void answerAll() throws IOException {
    for (String text = receive(); text != null; text = receive()) {
      answer(text);
    }
  }

  public void answer(String text) throws IOException {
    Frame frame = frame(text);
    String replyTo = frame.envelope().id();
    if (frame.body() instanceof Message message) {
      String run = "\"reply_to\":\"" + replyTo + "\",\"run_id\":\"r-" + replyTo + "\"";
      send("{\"type\":\"status\",\"data\":{\"status\":\"processing\"}," + run + "}");
      send(
          "{\"type\":\"message\",\"data\":{\"content\":\""
              + message.content()
              + "!\"},"
              + run
              + "}");
    } else if (frame.body() instanceof Body.Ping) {
      send("{\"type\":\"pong\",\"data\":{},\"reply_to\":\"" + replyTo + "\"}");
    }
  }

  private static Frame frame(String text) {
    return ((Decoded.Ok) Codec.decode(text, Codec.Reading.STRICT)).frame();
  }

  public void send(String text) throws IOException {
    frame(0x80 | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  public synchronized void frame(int firstByte, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(firstByte);
    if (payload.length < 126) {
      frame.write(payload.length);
    } else if (payload.length < 1 << 16) {
      frame.write(126);
      frame.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      frame.write(127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    frame.writeBytes(payload);
    frame.writeTo(socket.getOutputStream());
  }

  /** The next text; null when the client closes or is gone. */
  public @Nullable String receive() throws IOException {
    while (true) {
      int opcode;
      byte[] payload;
      try {
        opcode = in.readUnsignedByte() & 0x0f;
        payload = payload();
      } catch (EOFException e) {
        return null;
      }
      if (opcode == TEXT) {
        String text = new String(payload, StandardCharsets.UTF_8);
        received.add(text);
        return text;
      }
      if (opcode == PONG) {
        pongs.incrementAndGet();
      }
      if (opcode == CLOSE) {
        closeCode = payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
        return null;
      }
    }
  }

  private byte[] payload() throws IOException {
    int length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = (int) in.readLong();
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return payload;
  }

  /** Sends a close frame and reads to the end. */
  public void close(int code, String reason) throws IOException {
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    frame(
        0x80 | CLOSE,
        ByteBuffer.allocate(2 + words.length).putShort((short) code).put(words).array());
    hang();
  }

  /** Reads nothing more into frames, and says nothing, until the client is gone. */
  public void hang() throws IOException {
    while (in.read() >= 0) {
      // Its words are lost.
    }
  }

  /** Ends the connection by a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  public Socket socket() {
    return socket;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int b = in.readUnsignedByte();
    while (b != '\n') {
      if (b != '\r') {
        line.append((char) b);
      }
      b = in.readUnsignedByte();
    }
    return line.toString();
  }
}
