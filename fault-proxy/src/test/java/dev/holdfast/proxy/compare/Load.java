package dev.holdfast.proxy.compare;

import dev.holdfast.proxy.engine.FaultEngine;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Bytes pushed through a proxy, or bounced. */
final class Load {
  private static final int BUFFER_BYTES = 64 * 1024;

  private Load() {}

  /** Something done over a proxy in front of a server of ours. */
  private interface Work<T> {
    T through(int port, ServerSocket server) throws Exception;
  }

  private static <T> T proxied(@Nullable FaultEngine engine, Work<T> work) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
      if (engine == null) {
        return work.through(server.getLocalPort(), server);
      }
      Proxy proxy =
          new ToxiproxyClient(engine.api().getHost(), engine.api().getPort())
              .createProxy("load", "127.0.0.1:0", "127.0.0.1:" + server.getLocalPort());
      String listen = proxy.getListen();
      try {
        return work.through(
            Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1)), server);
      } finally {
        proxy.delete();
      }
    }
  }

  static double megabytesPerSecond(@Nullable FaultEngine engine, long bytes, int connections)
      throws Exception {
    return proxied(engine, (port, server) -> push(port, server, bytes, connections));
  }

  private static double push(int port, ServerSocket server, long bytes, int connections)
      throws Exception {
    long each = bytes / connections;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> drained = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < connections; i++) {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket accepted = server.accept();
        threads.execute(() -> send(client, each));
        drained.add(threads.submit(() -> drain(accepted)));
      }
      long total = 0;
      for (Future<Long> one : drained) {
        total += one.get();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      if (total != each * connections) {
        throw new IllegalStateException(total + " bytes came of " + each * connections);
      }
      return total / 1e6 / seconds;
    }
  }

  private static void send(Socket socket, long bytes) {
    try (socket) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (long left = bytes; left > 0; left -= buffer.length) {
        socket.getOutputStream().write(buffer, 0, (int) Math.min(left, buffer.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long drain(Socket socket) throws IOException {
    try (socket) {
      byte[] buffer = new byte[BUFFER_BYTES];
      long total = 0;
      for (int n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        total += n;
      }
      return total;
    }
  }

  static double medianPingMicros(@Nullable FaultEngine engine, int pings) throws Exception {
    return proxied(engine, (port, server) -> bounce(port, server, pings));
  }

  private static double bounce(int port, ServerSocket server, int pings) throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket accepted = server.accept()) {
      client.setTcpNoDelay(true);
      accepted.setTcpNoDelay(true);
      Thread echo = Thread.ofPlatform().daemon().start(() -> echo(accepted));
      long[] nanos = new long[pings];
      for (int i = 0; i < pings; i++) {
        long start = System.nanoTime();
        client.getOutputStream().write(1);
        int unused = client.getInputStream().read();
        nanos[i] = System.nanoTime() - start;
      }
      client.shutdownOutput();
      echo.join();
      Arrays.sort(nanos);
      return nanos[pings / 2] / 1e3;
    }
  }

  private static void echo(Socket socket) {
    try {
      for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
        socket.getOutputStream().write(b);
      }
    } catch (IOException e) {
      // The other side has enough.
    }
  }
}
