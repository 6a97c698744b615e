package dev.holdfast.scenarios.conformance.wire;

import dev.holdfast.report.result.Direction;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server that does nothing by itself: it listens on loopback and hands over who comes.
 *
 * <p>A WebSocket handshake is left to its {@link Visitor}; any other request gets a short answer.
 */
public final class Doorway implements AutoCloseable {
  /** Below the ports that systems hand out, so that nobody takes it while the door is shut. */
  private static final int FIRST_PORT = 12_000;

  private static final int LAST_PORT = 31_000;
  private static final int BIND_ATTEMPTS = 50;
  private static final int BACKLOG = 256;
  private static final long SHUT_WITHIN_MS = 2_000;

  /** Many times what any case needs: a client that comes more often is not reconnecting. */
  private static final int MAX_VISITS = 2_000;

  /** With those that ask for no WebSocket: each is kept open, and known, until the case ends. */
  private static final int MAX_SOCKETS = 4_000;

  private final WireLog log;
  private final int port;
  private final Function<HttpAsk, HttpSay> site;
  private final BlockingQueue<Visitor> waiting = new LinkedBlockingQueue<>();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final AtomicInteger visits = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile @Nullable ServerSocket listener;
  private volatile @Nullable Thread acceptor;
  private volatile boolean closed;
  private volatile @Nullable Visitor newest;

  /** A request that asks for no WebSocket. */
  public record HttpAsk(String method, String path, String body) {}

  /** The answer to one; status 0 closes the connection without any. */
  public record HttpSay(int status, String body) {}

  private Doorway(WireLog log, ServerSocket listener, Function<HttpAsk, HttpSay> site) {
    this.log = log;
    this.listener = listener;
    this.site = site;
    port = listener.getLocalPort();
    acceptFrom(listener);
  }

  /** Opens one on a free port. */
  public static Doorway open(WireLog log, Function<HttpAsk, HttpSay> site) throws IOException {
    IOException last = new IOException("no port was tried");
    for (int i = 0; i < BIND_ATTEMPTS; i++) {
      try {
        int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
        return new Doorway(log, listen(port), site);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  public URI url() {
    return URI.create("ws://127.0.0.1:" + port + "/ws/chat");
  }

  /** How many WebSocket handshakes have begun so far. */
  public int visits() {
    return visits.get();
  }

  /** The next who wants a WebSocket, or null when nobody came in time. */
  public @Nullable Visitor next(long withinMs) throws InterruptedException {
    return waiting.poll(Math.max(0, withinMs), TimeUnit.MILLISECONDS);
  }

  /**
   * Nobody listens any more: a connection is refused. The kernel goes on listening until whoever
   * waits in accept has come back from it, so that is waited for.
   */
  public void shut() throws IOException, InterruptedException {
    log.add("server", Direction.EVENT, "stops listening");
    Thread waits = acceptor;
    stopAccepting();
    if (waits != null) {
      waits.join(SHUT_WITHIN_MS);
    }
  }

  private void stopAccepting() throws IOException {
    ServerSocket old = listener;
    listener = null;
    if (old != null) {
      old.close();
    }
  }

  /**
   * Listens again on the same port.
   *
   * @throws BindException where another program holds the port for longer than 2 s
   */
  public void reopen() throws IOException, InterruptedException {
    ServerSocket again = listenAgain();
    listener = again;
    log.add("server", Direction.EVENT, "listens again");
    acceptFrom(again);
  }

  private ServerSocket listenAgain() throws IOException, InterruptedException {
    for (int i = 1; i < BIND_ATTEMPTS; i++) {
      try {
        return listen(port);
      } catch (BindException e) {
        TimeUnit.MILLISECONDS.sleep(SHUT_WITHIN_MS / BIND_ATTEMPTS);
      }
    }
    return listen(port);
  }

  private void acceptFrom(ServerSocket from) {
    acceptor = Thread.ofPlatform().daemon().name("doorway-" + port).start(() -> acceptAll(from));
  }

  private void acceptAll(ServerSocket from) {
    while (!closed && from.equals(listener)) {
      try {
        Socket socket = from.accept();
        if (accepted.incrementAndGet() > MAX_SOCKETS) {
          Visitor.quietly(socket);
          continue;
        }
        sockets.add(socket);
        Thread.ofVirtual().name("doorway-guest").start(() -> receive(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void receive(Socket socket) {
    try {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      while (!socket.isClosed()) {
        Request request = Request.read(in);
        if (request.upgrades()) {
          String name = "#" + visits.incrementAndGet();
          // Its connection may have been made earlier, for another request or in advance.
          welcome(new Visitor(socket, in, request, name, log.nowMs(), log));
          return;
        }
        answer(socket, request);
      }
    } catch (IOException e) {
      Visitor.quietly(socket);
    }
  }

  private void welcome(Visitor visitor) {
    if (closed || visits.get() > MAX_VISITS) {
      visitor.close();
      return;
    }
    log.add(visitor.name(), Direction.EVENT, "asks for " + visitor.request().target());
    newest = visitor;
    waiting.add(visitor);
  }

  private void answer(Socket socket, Request request) throws IOException {
    log.add("http", Direction.RECEIVED, request.method() + " " + request.target());
    Visitor last = newest;
    if (last != null
        && last.refusal() != null
        && request.target().equals(last.request().target())) {
      // A browser hides why a handshake failed: its page may ask the same address plainly.
      last.refuseAgain(socket);
      return;
    }
    HttpSay say = site.apply(new HttpAsk(request.method(), request.target(), request.body()));
    if (say.status() == 0) {
      socket.close();
      return;
    }
    log.add("http", Direction.SENT, "HTTP " + say.status() + " " + say.body());
    Request.answer(socket.getOutputStream(), say.status(), "", say.body());
  }

  @Override
  public void close() {
    closed = true;
    try {
      stopAccepting();
    } catch (IOException e) {
      log.add("server", Direction.EVENT, "could not stop listening: " + e.getMessage());
    }
    sockets.forEach(Visitor::quietly);
  }
}
