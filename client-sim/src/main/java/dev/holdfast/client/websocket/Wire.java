package dev.holdfast.client.websocket;

import dev.holdfast.client.access.Access;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection, plain or under TLS, that can be dropped at any moment from any thread.
 *
 * <p>{@link #connect} and {@link #input} block and belong to a virtual thread of the connection.
 */
final class Wire {
  /** Backstops: the core gives up long before. */
  private static final int CONNECT_TIMEOUT_MS = 30_000;

  private static final int HANDSHAKE_TIMEOUT_MS = 30_000;

  /** Buffers the handshake's answer; larger reads go past the buffer. */
  private static final int HEAD_BYTES = 512;

  private final ScheduledExecutorService timers;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

  /** What is dropped: closing it never waits, closing a TLS socket may. */
  private @Nullable Socket tcp;

  /** What is read and written: the TCP socket, or TLS over it. */
  private @Nullable Socket channel;

  private @Nullable ScheduledFuture<?> deadline;
  private boolean dropped;
  private volatile @Nullable InputStream input;

  Wire(ScheduledExecutorService timers) {
    this.timers = timers;
  }

  /** Tries each address of the host in turn. */
  void connect(URI uri) throws IOException {
    boolean tls = "wss".equalsIgnoreCase(uri.getScheme());
    String host = uri.getHost();
    if (host == null) {
      throw new IOException("no host in " + uri);
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    Socket connected = connect(InetAddress.getAllByName(host), port);
    connected.setTcpNoDelay(true);
    connected.setSoTimeout(HANDSHAKE_TIMEOUT_MS);
    input = new BufferedInputStream(connected.getInputStream(), HEAD_BYTES);
  }

  /** Goes on under TLS; the other side must be who its certificate says. */
  void startTls(URI uri, Access access) throws IOException {
    SSLSocket secure = access.secure(channel(), uri);
    input = new BufferedInputStream(secure.getInputStream(), HEAD_BYTES);
    synchronized (this) {
      channel = secure;
    }
  }

  private Socket connect(InetAddress[] addresses, int port) throws IOException {
    IOException last = new IOException("the host has no address");
    for (InetAddress address : addresses) {
      Socket candidate = new Socket();
      use(candidate);
      try {
        candidate.connect(new InetSocketAddress(address, port), CONNECT_TIMEOUT_MS);
        return candidate;
      } catch (IOException e) {
        candidate.close();
        last = e;
      }
    }
    throw last;
  }

  private synchronized void use(Socket next) throws IOException {
    tcp = next;
    channel = next;
    if (dropped) {
      next.close();
      throw new SocketException("dropped");
    }
  }

  private synchronized Socket channel() throws IOException {
    if (channel == null) {
      throw new SocketException("not connected");
    }
    return channel;
  }

  /** The handshake is over: from here on reading may wait for ever. */
  void established() throws IOException {
    channel().setSoTimeout(0);
  }

  InputStream input() throws IOException {
    InputStream open = input;
    if (open == null) {
      throw new SocketException("not connected");
    }
    return open;
  }

  OutputStream output() throws IOException {
    return channel().getOutputStream();
  }

  /** Says that nothing more will be written; what the other side still writes can be read. */
  void finishWriting() {
    try {
      channel().shutdownOutput();
    } catch (IOException | UnsupportedOperationException e) {
      drop();
    }
  }

  /** Drops the connection unless it ends by itself before. */
  synchronized void dropAfter(long ms) {
    if (!dropped && deadline == null) {
      deadline = timers.schedule(this::drop, ms, TimeUnit.MILLISECONDS);
    }
  }

  /** Ends the connection now, without a word; whoever reads, writes or connects is woken. */
  void drop() {
    synchronized (this) {
      dropped = true;
      if (tcp != null) {
        closeQuietly(tcp);
      }
      if (deadline != null) {
        deadline.cancel(false);
      }
    }
    ended.complete(null);
  }

  private static void closeQuietly(Socket open) {
    try {
      open.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  /** Completes when the socket is closed. */
  CompletableFuture<@Nullable Void> ended() {
    return ended;
  }
}
