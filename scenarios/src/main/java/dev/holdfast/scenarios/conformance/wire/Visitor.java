package dev.holdfast.scenarios.conformance.wire;

import dev.holdfast.report.result.Direction;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants a WebSocket, from the handshake on: the server's side of one connection, which
 * can say anything and end in any way.
 */
public final class Visitor implements AutoCloseable {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int MAX_FRAMES = 20_000;

  /** All of it is kept until its case ends; a few messages of the greatest size fit. */
  private static final long MAX_BYTES = 64L << 20;

  private final Socket socket;
  private final DataInputStream in;
  private final Request request;
  private final String name;
  private final long arrivedMs;
  private final WireLog log;
  private final BlockingQueue<Event> inbox = new LinkedBlockingQueue<>(MAX_FRAMES + 1);
  private final ReentrantLock writing = new ReentrantLock();
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private int opcode;
  private int frames;
  private long bytes;
  private volatile Consumer<Event.Text> reflex = text -> {};
  private volatile boolean saidClose;
  private volatile boolean frozen;
  private volatile boolean lingers;
  private volatile @Nullable Refusal refusal;

  Visitor(
      Socket socket,
      DataInputStream in,
      Request request,
      String name,
      long arrivedMs,
      WireLog log) {
    this.socket = socket;
    this.in = in;
    this.request = request;
    this.name = name;
    this.arrivedMs = arrivedMs;
    this.log = log;
  }

  public Request request() {
    return request;
  }

  public String name() {
    return name;
  }

  /** When its handshake was read, in milliseconds of the case. */
  public long arrivedMs() {
    return arrivedMs;
  }

  /** What is done with each text at once, before any script sees it. */
  public void reflex(Consumer<Event.Text> action) {
    reflex = action;
  }

  /** Shakes hands; {@code subprotocol} may be null. */
  public void accept(@Nullable String subprotocol) throws IOException {
    String line = subprotocol == null ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
    log.add(name, Direction.EVENT, "handshake done" + (subprotocol == null ? "" : ", resume"));
    shake(proof(request.headers().getOrDefault("sec-websocket-key", "")), line);
    Thread.ofPlatform().daemon().name("visitor" + name).start(this::readAll);
  }

  /** Answers the handshake with the wrong proof. */
  public void acceptWrongly() throws IOException {
    log.add(name, Direction.EVENT, "answers with a wrong Sec-WebSocket-Accept");
    shake(proof("wrong"), "");
  }

  private void shake(String accept, String more) throws IOException {
    raw(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + accept
                + "\r\n"
                + more
                + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The Sec-WebSocket-Accept that answers a key: RFC 6455, 4.2.2. */
  static String proof(String key) {
    try {
      byte[] joined = (key + GUID).getBytes(StandardCharsets.ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(joined));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  /** Refuses the handshake; {@code more} are further header lines, each with its end. */
  public void refuse(int status, String more, String body) throws IOException {
    log.add(name, Direction.SENT, "HTTP " + status + " " + more.trim() + " " + body);
    refusal = new Refusal(status, more, body);
    refuseAgain(socket);
  }

  /** What the handshake was refused with; null while it was not. */
  @Nullable Refusal refusal() {
    return refusal;
  }

  /** Says the same to a plain request for the same address. */
  void refuseAgain(Socket asking) throws IOException {
    Refusal said = Objects.requireNonNull(refusal);
    String more = said.more() + "Connection: close\r\n";
    Request.answer(asking.getOutputStream(), said.status(), more, said.body());
    asking.close();
  }

  /** A refused handshake's answer. */
  record Refusal(int status, String more, String body) {}

  public void text(String text) throws IOException {
    log.add(name, Direction.SENT, text);
    frame(true, WireFrame.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends one text cut into fragments of so many bytes. */
  public void fragments(String text, int size) throws IOException {
    log.add(name, Direction.SENT, text + "  (in fragments of " + size + " bytes)");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += size) {
      int to = Math.min(from + size, bytes.length);
      int kind = from == 0 ? WireFrame.TEXT : WireFrame.CONTINUATION;
      frame(to == bytes.length, kind, Arrays.copyOfRange(bytes, from, to));
    }
  }

  public void binary(byte[] bytes) throws IOException {
    log.add(name, Direction.SENT, "binary frame of " + bytes.length + " bytes");
    frame(true, WireFrame.BINARY, bytes);
  }

  /** Sends a close frame and waits, like a server, for the answer to it; 0 is a code left out. */
  public void closeFrame(int code, String reason) throws IOException {
    log.add(name, Direction.SENT, "close " + (code == 0 ? "without a code" : code) + " " + reason);
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    ByteBuffer payload = ByteBuffer.allocate(code == 0 ? 0 : 2 + words.length);
    if (code != 0) {
      payload.putShort((short) code).put(words);
    }
    saidClose = true;
    frame(true, WireFrame.CLOSE, payload.array());
  }

  private void frame(boolean fin, int kind, byte[] payload) throws IOException {
    raw(new WireFrame(fin, kind, payload).unmasked());
  }

  /** Any bytes at all. */
  public void raw(byte[] bytes) throws IOException {
    writing.lock();
    try {
      socket.getOutputStream().write(bytes);
    } finally {
      writing.unlock();
    }
  }

  /** Ends the connection with FIN and no close frame. */
  public void fin() throws IOException {
    log.add(name, Direction.EVENT, "cut with FIN");
    socket.shutdownOutput();
  }

  /** Ends the connection with RST. */
  public void reset() throws IOException {
    log.add(name, Direction.EVENT, "cut with RST");
    if (!socket.isClosed()) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  /** From now on nothing is heard, answered or ended: the link is half open. */
  public void freeze() {
    log.add(name, Direction.EVENT, "goes silent, without an end");
    frozen = true;
  }

  /** Keeps the connection after its close frames, until this is closed or cut. */
  public void linger() {
    lingers = true;
  }

  /** The next event, or null when none came in time. */
  public @Nullable Event next(long withinMs) throws InterruptedException {
    return inbox.poll(Math.max(withinMs, 0), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    quietly(socket);
  }

  static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  private void readAll() {
    try {
      while (received(WireFrame.readMasked(in))) {
        // goes on until the close frame
      }
    } catch (IOException e) {
      String why = e.getMessage() == null ? "no close frame came" : e.getMessage();
      ended(new Event.Closed(log.nowMs(), 1006, socket.isClosed() ? "closed here" : why));
    } finally {
      if (!lingers) {
        close();
      }
    }
  }

  private boolean received(WireFrame frame) throws IOException {
    if (++frames > MAX_FRAMES) {
      throw new IOException("the client floods: more than " + MAX_FRAMES + " frames");
    }
    bytes += frame.payload().length;
    if (bytes > MAX_BYTES) {
      throw new IOException("the client floods: more than " + MAX_BYTES + " bytes");
    }
    if (frozen) {
      return true;
    }
    switch (frame.opcode()) {
      case WireFrame.PING -> frame(true, WireFrame.PONG, frame.payload());
      case WireFrame.PONG -> {}
      case WireFrame.CLOSE -> {
        closedBy(frame.payload());
        return false;
      }
      default -> part(frame);
    }
    return true;
  }

  private void part(WireFrame frame) throws IOException {
    if (frame.opcode() != WireFrame.CONTINUATION) {
      opcode = frame.opcode();
      message.reset();
    }
    message.writeBytes(frame.payload());
    if (message.size() > WireFrame.MAX_PAYLOAD) {
      throw new IOException("the client sent a message of more than " + message.size() + " bytes");
    }
    if (!frame.fin()) {
      return;
    }
    if (opcode == WireFrame.TEXT) {
      Event.Text text = Event.Text.of(log.nowMs(), message.toString(StandardCharsets.UTF_8));
      log.add(name, text);
      reflex.accept(text);
      inbox.add(text);
    } else {
      Event.Binary binary = new Event.Binary(log.nowMs(), message.size());
      log.add(name, binary);
      inbox.add(binary);
    }
  }

  private void closedBy(byte[] payload) throws IOException {
    ended(Event.Closed.of(log.nowMs(), payload));
    if (!saidClose) {
      frame(true, WireFrame.CLOSE, payload);
    }
  }

  private void ended(Event.Closed closed) {
    log.add(name, closed);
    inbox.add(closed);
  }
}
