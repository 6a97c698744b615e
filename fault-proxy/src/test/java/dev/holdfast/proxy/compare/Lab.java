package dev.holdfast.proxy.compare;

import dev.holdfast.proxy.compare.Outcome.End;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Runs one case on one engine. */
record Lab(URI api, HttpClient http) {
  /** A stream that has not ended by then is open. */
  private static final int OPEN_AFTER_MS = 900;

  Outcome run(Case experiment, String name) throws IOException, InterruptedException {
    ToxiproxyClient client = new ToxiproxyClient(api.getHost(), api.getPort());
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Proxy proxy = client.createProxy(name, "127.0.0.1:0", "127.0.0.1:" + server.getLocalPort());
      try {
        install(name, experiment.toxic());
        return through(experiment, proxy.getListen(), server);
      } finally {
        proxy.delete();
      }
    }
  }

  private void install(String name, String toxic) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/proxies/" + name + "/toxics"))
            .POST(BodyPublishers.ofString(toxic))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(toxic + ": " + response.body());
    }
  }

  private static Outcome through(Case experiment, String listen, ServerSocket server)
      throws IOException {
    int port = Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    try (Socket client = new Socket()) {
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
      try (Socket accepted = server.accept()) {
        client.setTcpNoDelay(true);
        accepted.setTcpNoDelay(true);
        Socket sender = experiment.upstream() ? client : accepted;
        Socket receiver = experiment.upstream() ? accepted : client;
        long start = System.nanoTime();
        Thread sending = Thread.ofVirtual().start(() -> send(experiment, sender));
        Outcome outcome = receive(receiver, start);
        join(sending);
        return outcome;
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(Case experiment, Socket sender) {
    try {
      int place = 0;
      for (Case.Burst burst : experiment.bursts()) {
        LockSupport.parkNanos(Duration.ofMillis(burst.pauseMs()).toNanos());
        byte[] bytes = new byte[burst.bytes()];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = value(place);
          place++;
        }
        sender.getOutputStream().write(bytes);
      }
      if (experiment.senderCloses()) {
        sender.shutdownOutput();
      }
    } catch (SocketException e) {
      // The toxic has closed it: the receiver's side of the story counts.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte value(int place) {
    return (byte) (place * 31 + (place >> 8));
  }

  private static Outcome receive(Socket receiver, long start) throws IOException {
    receiver.setSoTimeout(OPEN_AFTER_MS);
    InputStream in = receiver.getInputStream();
    byte[] buffer = new byte[64 * 1024];
    int total = 0;
    boolean inOrder = true;
    long lastByteMs = 0;
    End end = End.FIN;
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          inOrder &= buffer[i] == value(total + i);
        }
        total += n;
        lastByteMs = since(start);
      }
    } catch (SocketTimeoutException e) {
      end = End.OPEN;
    } catch (SocketException e) {
      end = End.RST;
    }
    return new Outcome(total, inOrder, end, lastByteMs, end == End.OPEN ? 0 : since(start));
  }

  private static long since(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
