package dev.holdfast.scenarios.broken;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands in front of a server and meddles: requests and WebSocket frames pass through a twin. */
public final class Meddler implements AutoCloseable {
  private static final int MAX_HEAD = 64 << 10;
  private static final Pattern LENGTH =
      Pattern.compile("(?i)\r\ncontent-length:[ \\t]*([0-9]{1,8})[ \\t]*(?=\r\n)");

  private final ServerSocket listener;
  private final int upstreamPort;
  private final Supplier<Meddling> meddlings;
  private volatile Meddling meddling;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private Meddler(ServerSocket listener, int upstreamPort, Supplier<Meddling> meddlings) {
    this.listener = listener;
    this.upstreamPort = upstreamPort;
    this.meddlings = meddlings;
    meddling = meddlings.get();
  }

  /** Listens on a loopback port, 0 for a free one, until closed. */
  public static Meddler start(int port, int upstreamPort, Supplier<Meddling> meddlings)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
    Meddler meddler = new Meddler(listener, upstreamPort, meddlings);
    Thread.ofVirtual().name("meddler").start(meddler::acceptAll);
    return meddler;
  }

  /** Forgets what it has seen, as a server that is started anew. */
  void forget() {
    meddling = meddlings.get();
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void acceptAll() {
    while (!closed) {
      try {
        Socket peer = listener.accept();
        Thread.ofVirtual().name("meddler-peer").start(() -> serve(peer));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket peer) {
    try (peer;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), upstreamPort)) {
      sockets.add(peer);
      sockets.add(server);
      peer.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      if (!closed) {
        exchange(new Lane(peer, server));
      }
      sockets.remove(peer);
      sockets.remove(server);
    } catch (IOException e) {
      // One side is gone; closing both tells the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A peer's socket and the one to the server that belongs to it. */
  private static final class Lane implements Meddling.Line {
    final DataInputStream fromPeer;
    final DataInputStream fromServer;
    final OutputStream toPeer;
    final OutputStream toServer;

    Lane(Socket peer, Socket server) throws IOException {
      fromPeer = new DataInputStream(new BufferedInputStream(peer.getInputStream()));
      fromServer = new DataInputStream(new BufferedInputStream(server.getInputStream()));
      toPeer = peer.getOutputStream();
      toServer = server.getOutputStream();
    }

    @Override
    public void tellPeer(WireFrame frame) {
      try {
        sendToPeer(frame);
      } catch (IOException e) {
        // The peer is gone, which its own reader notices.
      }
    }

    @Override
    public void tellServer(WireFrame frame) {
      try {
        sendToServer(frame);
      } catch (IOException e) {
        // The server is gone, which its own reader notices.
      }
    }

    void sendToServer(WireFrame frame) throws IOException {
      synchronized (toServer) {
        frame.write(toServer, true);
      }
    }

    synchronized void sendToPeer(WireFrame frame) throws IOException {
      frame.write(toPeer, false);
    }
  }

  /** Requests one after the other, until one turns the lane into a WebSocket. */
  private void exchange(Lane lane) throws IOException, InterruptedException {
    while (true) {
      String head = head(lane.fromPeer);
      byte[] body = lane.fromPeer.readNBytes(length(head));
      lane.toServer.write(meddling.request(head).getBytes(StandardCharsets.ISO_8859_1));
      lane.toServer.write(body);
      lane.toServer.flush();
      String answer = head(lane.fromServer);
      if (answer.startsWith("HTTP/1.1 101")) {
        lane.toPeer.write(answer.getBytes(StandardCharsets.ISO_8859_1));
        webSocket(lane);
        return;
      }
      byte[] sound = lane.fromServer.readNBytes(length(answer));
      byte[] bent =
          meddling
              .body(head, new String(sound, StandardCharsets.UTF_8))
              .getBytes(StandardCharsets.UTF_8);
      String fitting = LENGTH.matcher(answer).replaceFirst("\r\ncontent-length: " + bent.length);
      lane.toPeer.write(meddling.answer(fitting).getBytes(StandardCharsets.ISO_8859_1));
      lane.toPeer.write(bent);
      lane.toPeer.flush();
    }
  }

  private void webSocket(Lane lane) throws IOException, InterruptedException {
    meddling.opened(lane);
    Thread back =
        Thread.ofVirtual().name("meddler-back").start(() -> quietly(() -> fromServer(lane)));
    try {
      while (true) {
        List<WireFrame> frames = meddling.toServer(lane, WireFrame.read(lane.fromPeer));
        for (WireFrame frame : frames) {
          lane.sendToServer(frame);
        }
      }
    } catch (IOException e) {
      lane.toServer.close();
    } finally {
      back.join();
      meddling.ended(lane);
    }
  }

  private void fromServer(Lane lane) throws IOException {
    try {
      while (true) {
        for (WireFrame frame : meddling.toPeer(lane, WireFrame.read(lane.fromServer))) {
          lane.sendToPeer(frame);
        }
      }
    } finally {
      lane.toPeer.close();
    }
  }

  private interface Piping {
    void run() throws IOException;
  }

  private static void quietly(Piping piping) {
    try {
      piping.run();
    } catch (IOException e) {
      // The end of one side, which the other side is told by closing.
    }
  }

  private static int length(String head) {
    Matcher matcher = LENGTH.matcher(head);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static String head(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < MAX_HEAD) {
      head.append((char) in.readUnsignedByte());
      if (head.charAt(head.length() - 1) == '\n' && head.toString().endsWith("\r\n\r\n")) {
        return head.toString();
      }
    }
    throw new IOException("a head without end, " + head.substring(0, 20).toUpperCase(Locale.ROOT));
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
