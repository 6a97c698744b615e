package dev.holdfast.scenarios.conformance.wire;

import dev.holdfast.client.access.Access;
import dev.holdfast.report.result.Direction;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A client that can say anything. One thread reads; whoever plays the case writes.
 *
 * <p>Everything is bounded: time to connect and to write, frames in all, bytes waiting to be looked
 * at, size of a frame.
 */
public final class RawPeer implements AutoCloseable {
  private static final int TIMEOUT_MS = 5_000;
  private static final String DOES_NOT_READ = "the server does not read";

  /** Messages that wait to be looked at. More than that is a flood, not an answer. */
  private static final int MAX_WAITING = 20_000;

  /** Frames in all: a message may come in one fragment a byte, and what piled up comes at once. */
  private static final int MAX_FRAMES = 2_000_000;

  private static final long MAX_WAITING_BYTES = 32 << 20;

  /** What the machine takes for a peer that does not read. */
  private static final int UNREAD_BYTES = 64 << 10;

  private static final int READ_BYTES = 4 << 20;

  private final Socket socket;
  private final String name;
  private final WireLog log;

  /** One place more than is used for frames: the end of the connection always finds room. */
  private final BlockingQueue<Event> inbox = new LinkedBlockingQueue<>(MAX_WAITING + 1);

  private final AtomicLong waitingBytes = new AtomicLong();
  private final ReentrantLock writing = new ReentrantLock();
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private int messageOpcode;
  private int frames;
  private volatile boolean unread;
  private final Semaphore reading = new Semaphore(1);
  private final String subprotocol;
  private volatile UnaryOperator<Event.Text> ear = UnaryOperator.identity();
  private volatile UnaryOperator<String> mouth = UnaryOperator.identity();

  private RawPeer(Socket socket, String name, WireLog log, String subprotocol) {
    this.socket = socket;
    this.name = name;
    this.log = log;
    this.subprotocol = subprotocol;
  }

  /** The handshake was answered, but not with 101. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String body;
    private final String retryAfter;
    private final String location;

    Refused(Handshake.Reply reply) {
      super("the handshake was answered with " + reply.status());
      status = reply.status();
      body = reply.body();
      retryAfter = reply.headers().getOrDefault("retry-after", "");
      location = reply.headers().getOrDefault("location", "");
    }

    /** Where the server redirects to; empty where it does not say. */
    public String location() {
      return location;
    }

    public int status() {
      return status;
    }

    public String body() {
      return body;
    }

    public String retryAfter() {
      return retryAfter;
    }

    /** In how many ms to come again to a server that has no room now, or -1 for any other. */
    public long fullForMs() {
      boolean full = (status == 429 || status == 503) && !body.contains("\"draining\"");
      return full && retryAfter.matches("[0-9]{1,4}") ? Long.parseLong(retryAfter) * 1_000 : -1;
    }
  }

  /** Nobody listens there. */
  public static final class Unreached extends IOException {
    private static final long serialVersionUID = 1L;

    Unreached(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Connects and shakes hands.
   *
   * @throws Unreached when nobody is there
   * @throws Refused when the server answers with another status than 101
   * @throws IOException when it does not answer, or not in HTTP
   */
  public static RawPeer connect(URI target, String name, WireLog log, Map<String, String> headers)
      throws IOException, Refused {
    return connect(target, name, log, headers, Access.NONE, UnaryOperator.identity());
  }

  /**
   * Connects, shakes hands and passes each text frame through an ear before anybody sees it.
   *
   * @param headers of this case; they replace those of the access that have the same name
   * @param access what every handshake with this server needs; it stays out of the log
   * @param ear called by the thread that reads; what it returns is what arrived
   * @throws Unreached when nobody is there
   * @throws Refused when the server answers with another status than 101
   * @throws IOException when it does not answer, or not in HTTP
   */
  public static RawPeer connect(
      URI target,
      String name,
      WireLog log,
      Map<String, String> headers,
      Access access,
      UnaryOperator<Event.Text> ear)
      throws IOException, Refused {
    Socket socket = dial(target, access);
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MS);
      String replaced = access.replacedBy(headers.keySet());
      log.add(name, Direction.EVENT, "connect " + target.getRawPath() + replaced);
      Map<String, String> all = access.headersBut(headers.keySet());
      all.putAll(headers);
      Handshake.send(socket.getOutputStream(), target, all);
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      long until = System.nanoTime() + TIMEOUT_MS * 1_000_000L;
      Handshake.Reply reply = Handshake.read(in, until);
      if (reply.status() != 101) {
        log.add(name, Direction.RECEIVED, "HTTP " + reply.status() + " " + reply.body());
        throw new Refused(reply);
      }
      socket.setSoTimeout(0);
      String subprotocol = reply.headers().getOrDefault("sec-websocket-protocol", "");
      RawPeer peer = new RawPeer(socket, name, log, subprotocol);
      peer.ear = ear;
      // A flood never lets its reader wait, and a virtual thread that never waits starves others.
      Thread.ofPlatform().daemon().name("peer-" + name).start(() -> peer.readAll(in));
      return peer;
    } catch (IOException | Refused | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket dial(URI target, Access access) throws IOException {
    boolean tls = "wss".equals(target.getScheme());
    int port = target.getPort() >= 0 ? target.getPort() : tls ? 443 : 80;
    Socket plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(target.getHost(), port), TIMEOUT_MS);
    } catch (IOException e) {
      plain.close();
      throw new Unreached(e);
    }
    return tls ? secured(plain, target, access) : plain;
  }

  private static Socket secured(Socket plain, URI target, Access access) throws IOException {
    try {
      plain.setSoTimeout(TIMEOUT_MS);
      return access.secure(plain, target);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  /**
   * Passes each text through a mouth before it is sent, in one frame or in fragments.
   *
   * @param mouth what it returns is what is sent
   */
  public void speaks(UnaryOperator<String> mouth) {
    this.mouth = mouth;
  }

  /**
   * Shows each text frame to a listener too, before anybody waits for it.
   *
   * @param listener called by the thread that reads
   */
  public void overhears(Consumer<Event.Text> listener) {
    UnaryOperator<Event.Text> before = ear;
    ear =
        frame -> {
          Event.Text heard = before.apply(frame);
          listener.accept(heard);
          return heard;
        };
  }

  /** Sends one text message in one frame. */
  public void text(String said) throws IOException {
    String text = mouth.apply(said);
    log.add(name, Direction.SENT, text);
    raw(new WireFrame(true, WireFrame.TEXT, text.getBytes(StandardCharsets.UTF_8)).masked());
  }

  /** Sends one of very many text messages: the log has no room for all. */
  public void textUnlogged(String text) throws IOException {
    raw(new WireFrame(true, WireFrame.TEXT, text.getBytes(StandardCharsets.UTF_8)).masked());
  }

  /** Sends one text message cut into fragments of so many bytes. */
  public void fragments(String said, int size) throws IOException {
    String text = mouth.apply(said);
    log.add(name, Direction.SENT, text + "  (in fragments of " + size + " bytes)");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += size) {
      int to = Math.min(from + size, bytes.length);
      int opcode = from == 0 ? WireFrame.TEXT : WireFrame.CONTINUATION;
      byte[] part = Arrays.copyOfRange(bytes, from, to);
      raw(new WireFrame(to == bytes.length, opcode, part).masked());
    }
  }

  /** Sends a text frame with any bytes, UTF-8 or not. */
  public void textBytes(byte[] bytes) throws IOException {
    log.add(name, Direction.SENT, "text frame of " + bytes.length + " raw bytes");
    raw(new WireFrame(true, WireFrame.TEXT, bytes).masked());
  }

  public void binary(byte[] bytes) throws IOException {
    log.add(name, Direction.SENT, "binary frame of " + bytes.length + " bytes");
    raw(new WireFrame(true, WireFrame.BINARY, bytes).masked());
  }

  /** Sends a close frame; the connection stays until the server ends it or this is closed. */
  public void closeFrame(int code) throws IOException {
    log.add(name, Direction.SENT, "close " + code);
    byte[] payload = ByteBuffer.allocate(2).putShort((short) code).array();
    raw(new WireFrame(true, WireFrame.CLOSE, payload).masked());
  }

  /** One frame as RFC 6455 allows it or not; {@code first} holds FIN, reserved bits and opcode. */
  public void frame(int first, byte[] payload, boolean masked) throws IOException {
    log.add(
        name,
        Direction.SENT,
        String.format(
            Locale.ROOT,
            "frame 0x%02x of %d bytes%s",
            first,
            payload.length,
            masked ? "" : ", not masked"));
    WireFrame frame = new WireFrame(true, first & 0x0f, payload);
    byte[] bytes = masked ? frame.masked() : frame.unmasked();
    bytes[0] = (byte) first;
    raw(bytes);
  }

  /** The subprotocol that the server chose; empty when it chose none. */
  public String subprotocol() {
    return subprotocol;
  }

  /** Reads no more until {@link #readsOn}: what the server sends piles up on its side. */
  public void stopsReading() {
    reading.acquireUninterruptibly();
    // Otherwise the receive window grows to megabytes, which looks as if the server kept them.
    receiveBuffer(UNREAD_BYTES);
    log.add(name, Direction.EVENT, "stops reading");
  }

  public void readsOn() {
    log.add(name, Direction.EVENT, "reads on");
    receiveBuffer(READ_BYTES);
    reading.release();
  }

  private void receiveBuffer(int bytes) {
    try {
      socket.setReceiveBufferSize(bytes);
    } catch (IOException e) {
      log.add(name, Direction.EVENT, "keeps its receive window: " + e.getMessage());
    }
  }

  /** Whether anything can still be sent: a server that closed first was faster. */
  public boolean isOpen() {
    return !socket.isClosed();
  }

  /** Any bytes at all; a server that does not read for too long is given up. */
  public void raw(byte[] bytes) throws IOException {
    try {
      if (!writing.tryLock(TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
        unread = true;
        throw new IOException(DOES_NOT_READ);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another frame was being written");
    }
    try {
      write(bytes);
    } finally {
      writing.unlock();
    }
  }

  private void write(byte[] bytes) throws IOException {
    CompletableFuture<Void> written = new CompletableFuture<>();
    var unused =
        written
            .orTimeout(TIMEOUT_MS, TimeUnit.MILLISECONDS)
            .whenComplete((nothing, late) -> {
              if (late != null) {
                unread = true;
                close();
              }
            });
    try {
      // Asked for once: the answer may arrive, and close the socket, before this returns.
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw unread ? new IOException(DOES_NOT_READ, e) : e;
    } finally {
      written.complete(null);
    }
  }

  /** Ends the connection with RST: the server learns at once and without ceremony. */
  public void reset() throws IOException {
    if (socket.isClosed()) {
      return;
    }
    log.add(name, Direction.EVENT, "cut with RST");
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Ends the connection with FIN and no close frame. */
  public void fin() throws IOException {
    log.add(name, Direction.EVENT, "cut with FIN");
    socket.close();
  }

  /** The next event, or null when none came in time. */
  public @Nullable Event next(long withinMs) throws InterruptedException {
    Event event = inbox.poll(Math.max(withinMs, 0), TimeUnit.MILLISECONDS);
    if (event != null) {
      waitingBytes.addAndGet(-size(event));
    }
    return event;
  }

  public String name() {
    return name;
  }

  @Override
  public void close() {
    reading.release();
    try {
      socket.close();
    } catch (IOException e) {
      log.add(name, Direction.EVENT, "could not close: " + e.getMessage());
    }
  }

  private void readAll(DataInputStream in) {
    try {
      boolean goesOn = true;
      while (goesOn) {
        reading.acquireUninterruptibly();
        reading.release();
        goesOn = received(WireFrame.read(in));
      }
    } catch (IOException e) {
      ended(new Event.Closed(log.nowMs(), 1006, why(e)));
    } finally {
      close();
    }
  }

  private String why(IOException e) {
    if (socket.isClosed()) {
      return unread ? DOES_NOT_READ : "closed here";
    }
    return e.getMessage() == null ? "no close frame came" : e.getMessage();
  }

  private boolean received(WireFrame frame) throws IOException {
    boolean counts = frame.fin() || frame.payload().length == 0; // the rest is limited by its bytes
    if (counts && ++frames > MAX_FRAMES) {
      throw new IOException("the server floods: more than " + MAX_FRAMES + " frames");
    }
    switch (frame.opcode()) {
      case WireFrame.PING -> raw(new WireFrame(true, WireFrame.PONG, frame.payload()).masked());
      case WireFrame.PONG -> {}
      case WireFrame.CLOSE -> {
        ended(Event.Closed.of(log.nowMs(), frame.payload()));
        return false;
      }
      default -> part(frame);
    }
    return true;
  }

  private void part(WireFrame frame) throws IOException {
    if (frame.opcode() != WireFrame.CONTINUATION) {
      messageOpcode = frame.opcode();
      message.reset();
    }
    message.writeBytes(frame.payload());
    if (message.size() > WireFrame.MAX_PAYLOAD) {
      throw new IOException("the server sent a message of more than " + message.size() + " bytes");
    }
    if (!frame.fin()) {
      return;
    }
    if (messageOpcode == WireFrame.TEXT) {
      put(ear.apply(Event.Text.of(log.nowMs(), message.toString(StandardCharsets.UTF_8))));
    } else {
      put(new Event.Binary(log.nowMs(), message.size()));
    }
  }

  private void put(Event event) throws IOException {
    log.add(name, event);
    if (waitingBytes.addAndGet(size(event)) > MAX_WAITING_BYTES) {
      throw new IOException("the server floods: more than " + MAX_WAITING_BYTES + " bytes");
    }
    if (inbox.remainingCapacity() <= 1) {
      throw new IOException("the server floods: more than " + MAX_WAITING + " messages at once");
    }
    inbox.add(event);
  }

  private void ended(Event.Closed closed) {
    log.add(name, closed);
    inbox.add(closed);
  }

  private static long size(Event event) {
    return event instanceof Event.Text t ? t.text().length() : 0;
  }
}
