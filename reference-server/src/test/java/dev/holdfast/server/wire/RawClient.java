package dev.holdfast.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.protocol.testing.PatientWaits;
import dev.holdfast.server.ReferenceServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A WebSocket peer over a plain socket: reads only when it is asked to, and may break any rule. */
public final class RawClient implements AutoCloseable {
  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  /** What {@link #closeCode} says of an end without a close frame. */
  public static final int NO_CLOSE_FRAME = 1006;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_MS = (int) PatientWaits.PATIENCE.toMillis();

  /** One WebSocket frame as it came. */
  public record WireFrame(int opcode, ByteBuffer payload) {
    public String text() {
      return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final HttpText response;

  private RawClient(Socket socket, DataInputStream in, HttpText response) {
    this.socket = socket;
    this.in = in;
    this.response = response;
  }

  /** Shakes hands, or not: see {@link #status}. */
  public static RawClient dial(ReferenceServer server, String query, String... headers) {
    return dial(server, 0, query, headers);
  }

  /** Like {@link #dial}, with a receive buffer of its own size; 0 for the usual one. */
  public static RawClient dial(
      ReferenceServer server, int receiveBuffer, String query, String... headers) {
    try {
      Socket socket = new Socket();
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      socket.setSoTimeout(PATIENCE_MS);
      socket.setTcpNoDelay(true);
      StringBuilder request = new StringBuilder("GET /ws/chat" + query + " HTTP/1.1\r\n");
      request.append("Host: 127.0.0.1:").append(server.port()).append("\r\n");
      request.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
      request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
      for (String header : headers) {
        request.append(header).append("\r\n");
      }
      socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.UTF_8));
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      return new RawClient(socket, in, HttpText.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection of profile core, greeted. */
  public static RawClient core(ReferenceServer server, String session) {
    RawClient client = dial(server, "?session_id=" + session);
    client.untilStatus("connected");
    return client;
  }

  /** A connection of profile resume, before its hello. */
  public static RawClient resume(ReferenceServer server, String session) {
    return dial(server, "?session_id=" + session, "Sec-WebSocket-Protocol: agent-chat.v1");
  }

  /** In profile resume and under a label; says nothing yet. */
  public static RawClient resumeAs(ReferenceServer server, String session, String user) {
    return dial(
        server,
        "?session_id=" + session + "&user_id=" + user,
        "Sec-WebSocket-Protocol: agent-chat.v1");
  }

  public HttpText response() {
    return response;
  }

  public int status() {
    return response.status();
  }

  public void say(String content) {
    say(null, content);
  }

  public void say(@Nullable String id, String content) {
    var frame = JSON.createObjectNode().put("type", "message");
    if (id != null) {
      frame.put("id", id);
    }
    frame.putObject("data").put("content", content);
    text(frame.toString());
  }

  public void text(String text) {
    frame(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends one frame, masked with zeros. */
  public void frame(int opcode, boolean last, byte[] payload) {
    bytes(head(opcode, last, payload.length, true), payload);
  }

  public void unmasked(int opcode, byte[] payload) {
    bytes(head(opcode, true, payload.length, false), payload);
  }

  /** The head of a frame; a mask of zeros leaves the payload as it is. */
  private static byte[] head(int opcode, boolean last, int length, boolean masked) {
    ByteBuffer head = ByteBuffer.allocate(14);
    head.put((byte) ((last ? 0x80 : 0) | opcode));
    int mask = masked ? 0x80 : 0;
    if (length < 126) {
      head.put((byte) (mask | length));
    } else if (length < 1 << 16) {
      head.put((byte) (mask | 126)).putShort((short) length);
    } else {
      head.put((byte) (mask | 127)).putLong(length);
    }
    if (masked) {
      head.putInt(0);
    }
    return Arrays.copyOf(head.array(), head.position());
  }

  private void bytes(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    try {
      socket.getOutputStream().write(all.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void closeWith(int code) {
    frame(CLOSE, true, new byte[] {(byte) (code >> 8), (byte) code});
  }

  /** The next frame of the wire, of any kind. */
  public WireFrame nextWire() throws IOException {
    int first = in.readUnsignedByte();
    long length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    return new WireFrame(first & 0x0f, ByteBuffer.wrap(payload));
  }

  private static String described(WireFrame frame) {
    ByteBuffer payload = frame.payload().duplicate();
    return frame.opcode() == CLOSE && payload.remaining() >= 2
        ? "a close with " + payload.getShort() + " " + StandardCharsets.UTF_8.decode(payload)
        : "opcode " + frame.opcode();
  }

  /** The next text, as JSON. */
  public JsonNode next() {
    try {
      WireFrame frame = nextWire();
      if (frame.opcode() != TEXT) {
        throw new AssertionError("a text was expected, not " + described(frame));
      }
      return JSON.readTree(frame.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All texts up to one that fits, and that one. */
  public List<JsonNode> until(Predicate<JsonNode> fits) {
    List<JsonNode> seen = new ArrayList<>();
    do {
      seen.add(next());
    } while (!fits.test(seen.get(seen.size() - 1)));
    return seen;
  }

  public List<JsonNode> untilType(String type) {
    return until(frame -> frame.path("type").asText().equals(type));
  }

  public JsonNode untilStatus(String word) {
    List<JsonNode> seen = until(f -> f.path("data").path("status").asText().equals(word));
    return seen.get(seen.size() - 1);
  }

  /** The next whole answer's content. */
  public String answer() {
    List<JsonNode> seen = until(RawClient::isAnswer);
    return seen.get(seen.size() - 1).path("data").path("content").asText();
  }

  public static boolean isAnswer(JsonNode frame) {
    JsonNode data = frame.path("data");
    return frame.path("type").asText().equals("message")
        && !data.has("stream")
        && !data.has("role");
  }

  /** Reads to the end; the code of the close frame, or {@link #NO_CLOSE_FRAME}. */
  public int closeCode() {
    try {
      while (true) {
        WireFrame frame = nextWire();
        if (frame.opcode() == CLOSE) {
          int code = frame.payload().getShort() & 0xffff;
          closeWith(code);
          return code;
        }
      }
    } catch (IOException | UncheckedIOException e) {
      return NO_CLOSE_FRAME;
    }
  }

  /** Ends the TCP connection without a word. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
