package dev.holdfast.cli.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Locale;

/** Asks whether anything listens at an address, before anything is judged there. */
final class Knock {
  private static final int ATTEMPTS = 3;
  private static final int TIMEOUT_MS = 2_000;
  private static final int PAUSE_MS = 500;

  private Knock() {}

  /** Nothing listens; the message says what was tried. */
  static final class NobodyHome extends Exception {
    private static final long serialVersionUID = 1L;

    NobodyHome(String message) {
      super(message);
    }
  }

  static void at(URI url) throws NobodyHome, InterruptedException {
    long began = System.nanoTime();
    String why = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (attempt > 1) {
        Thread.sleep(PAUSE_MS);
      }
      InetSocketAddress address = new InetSocketAddress(url.getHost(), TargetUrl.port(url));
      if (address.isUnresolved()) {
        why = "no host has the name " + url.getHost();
        continue;
      }
      try (Socket socket = new Socket()) {
        socket.connect(address, TIMEOUT_MS);
        return;
      } catch (SocketTimeoutException e) {
        why = "no answer within " + TIMEOUT_MS + " ms";
      } catch (IOException e) {
        why = String.valueOf(e.getMessage());
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    throw new NobodyHome(
        String.format(
            Locale.ROOT,
            "nothing listens on %s: tried %d times in %.1f s (%s)",
            url,
            ATTEMPTS,
            seconds,
            why));
  }
}
