package dev.holdfast.client.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Listens on loopback and plays one script a connection: those queued first, then the usual. */
public final class TestServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Script usual;
  private final Queue<Script> next = new ConcurrentLinkedQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Peer> peers = new CopyOnWriteArrayList<>();

  /** What the server does with one connection; it is cut when this returns. */
  @FunctionalInterface
  public interface Script {
    void play(Peer peer) throws IOException;
  }

  public TestServer(Script usual) throws IOException {
    this.usual = usual;
    listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("test-server").start(this::acceptAll);
  }

  /** A server that greets and answers everything. */
  public static TestServer echoing() throws IOException {
    return new TestServer(Peer::serve);
  }

  /** The next connections play these, one each. */
  public TestServer then(Script... scripts) {
    next.addAll(List.of(scripts));
    return this;
  }

  public URI url() {
    return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/ws/chat");
  }

  /** All connections so far, in the order of their coming. */
  public List<Peer> peers() {
    return peers;
  }

  public Peer peer(int index) {
    return peers.get(index);
  }

  public long openSockets() {
    return open.stream().filter(s -> !s.isClosed()).count();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Script script = next.poll();
        Thread.ofVirtual().start(() -> play(socket, script));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void play(Socket socket, @Nullable Script script) {
    try (socket) {
      Peer peer = new Peer(socket);
      peers.add(peer);
      (script == null ? usual : script).play(peer);
    } catch (IOException e) {
      // The client has gone, or the test is over.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
