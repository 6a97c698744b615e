package dev.holdfast.scenarios.conformance.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A socket that does to each connection what a script says, until it is closed. */
public final class HostileTarget implements AutoCloseable {
  private final ServerSocket listener;
  private final Script script;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong written = new AtomicLong();

  /** What is done to one connection, on a thread of its own. */
  @FunctionalInterface
  public interface Script {
    void meet(Guest guest) throws IOException, InterruptedException;
  }

  private HostileTarget(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
  }

  public static HostileTarget start(Script script) throws IOException {
    HostileTarget target =
        new HostileTarget(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), script);
    Thread.ofPlatform().daemon().name("hostile").start(target::acceptAll);
    return target;
  }

  /** An address where nobody listens: somebody just did. */
  public static URI nobody() throws IOException {
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("ws://127.0.0.1:" + gone.getLocalPort() + "/ws/chat");
    }
  }

  public URI url() {
    return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/ws/chat");
  }

  /** Bytes that guests were sent, those included that wait in the kernel. */
  public long written() {
    return written.get();
  }

  private void acceptAll() {
    while (closed.getCount() > 0) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        // A flood never waits: on a virtual thread it would keep a processor from everybody else.
        Thread.ofPlatform().daemon().name("hostile-guest").start(() -> meet(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void meet(Socket socket) {
    try (socket) {
      script.meet(new Guest(socket));
    } catch (IOException e) {
      // The guest left, which is its right.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** One connection, in the hands of a script. */
  public final class Guest {
    private final InputStream in;
    private final OutputStream out;

    Guest(Socket socket) throws IOException {
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }

    /** Reads a request and returns its head. */
    public String request() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("gone");
        }
        head.append((char) next);
      }
      return head.toString();
    }

    public Guest says(String text) throws IOException {
      return sends(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Guest sends(byte[] bytes) throws IOException {
      out.write(bytes);
      written.addAndGet(bytes.length);
      return this;
    }

    /** Shakes hands as it should be. */
    public Guest accepts() throws IOException {
      String head = request();
      int at = head.indexOf("Sec-WebSocket-Key: ") + "Sec-WebSocket-Key: ".length();
      return says(switching(Visitor.proof(head.substring(at, head.indexOf("\r\n", at)))));
    }

    /** Shakes hands and greets. */
    public Guest greets() throws IOException {
      return accepts().text("{\"type\":\"status\",\"data\":{\"status\":\"connected\"}}");
    }

    /** A text of at most 65,535 bytes. */
    public Guest text(String text) throws IOException {
      return sends(frame(WireFrame.TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Does nothing more until the target is closed. */
    public void hangs() throws InterruptedException {
      closed.await();
    }

    /** Waits a while; shorter when the target is closed. */
    public void waits(long ms) throws InterruptedException {
      var unused = closed.await(ms, TimeUnit.MILLISECONDS);
    }

    /** Whether the target is still open: the condition of endless loops. */
    public boolean goesOn() {
      return closed.getCount() > 0;
    }
  }

  public static String switching(String accept) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: "
        + accept
        + "\r\n\r\n";
  }

  /** A server's frame, with a length of 16 bits. */
  public static byte[] frame(int opcode, byte[] payload) {
    byte[] bytes = new byte[payload.length + 4];
    bytes[0] = (byte) (0x80 | opcode);
    bytes[1] = 126;
    bytes[2] = (byte) (payload.length >> 8);
    bytes[3] = (byte) payload.length;
    System.arraycopy(payload, 0, bytes, 4, payload.length);
    return bytes;
  }

  /** The head of a frame that claims so many bytes. */
  public static byte[] claim(int opcode, long length) {
    return java.nio.ByteBuffer.allocate(10)
        .put((byte) (0x80 | opcode))
        .put((byte) 127)
        .putLong(length)
        .array();
  }
}
