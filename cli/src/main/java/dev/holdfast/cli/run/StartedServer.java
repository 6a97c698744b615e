package dev.holdfast.cli.run;

import dev.holdfast.cli.config.Config;
import dev.holdfast.client.access.Access;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that Holdfast starts by its owner's command, and ends with all that it started. */
final class StartedServer implements AutoCloseable {
  private static final long UP_WITHIN_MS = 30_000;
  private static final long POLITE_MS = 2_000;
  private static final int TRY_MS = 1_000;

  private final URI url;
  private final Config.More how;
  private final Access access;
  private @Nullable Process process;

  private StartedServer(URI url, Config.More how, Access access) {
    this.access = access;
    this.url = url;
    this.how = how;
  }

  static StartedServer start(URI url, Config.More how, Access access)
      throws IOException, InterruptedException {
    StartedServer server = new StartedServer(url, how, access);
    if (server.isUp()) {
      throw new IOException(
          "something is there already: end it, or leave target.start out and judge it as it is");
    }
    try {
      server.restart(Map.of());
      return server;
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Ends what runs and starts it anew; returns when it can be spoken to. */
  synchronized void restart(Map<String, String> environment)
      throws IOException, InterruptedException {
    close();
    int port = TargetUrl.port(url);
    ProcessBuilder builder = new ProcessBuilder(how.start(port)).redirectErrorStream(true);
    if (how.folder() != null) {
      builder.directory(how.folder().toFile());
    }
    builder.environment().putAll(how.env(port));
    builder.environment().putAll(environment);
    Process started = builder.start();
    process = started;
    LastWords words = LastWords.of(started);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(UP_WITHIN_MS);
    while (!isUp()) {
      if (!started.isAlive()) {
        throw new IOException(
            how.start() + " ended with exit code " + started.exitValue() + words.said());
      }
      if (System.nanoTime() > until) {
        throw new IOException(
            how.start() + " was not ready within " + UP_WITHIN_MS + " ms" + words.said());
      }
      Thread.sleep(50);
    }
  }

  private boolean isUp() {
    URI ready = how.ready();
    try {
      if (ready == null) {
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress(url.getHost(), TargetUrl.port(url)), TRY_MS);
          return true;
        }
      }
      var connection = (java.net.HttpURLConnection) ready.toURL().openConnection();
      connection.setConnectTimeout(TRY_MS);
      connection.setReadTimeout(TRY_MS);
      access.on(connection);
      return connection.getResponseCode() < 400;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public synchronized void close() {
    Process running = process;
    if (running == null) {
      return;
    }
    process = null;
    var family = running.descendants().toList();
    running.destroy();
    family.forEach(ProcessHandle::destroy);
    try {
      if (!running.waitFor(POLITE_MS, TimeUnit.MILLISECONDS)) {
        running.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    family.forEach(ProcessHandle::destroyForcibly);
  }
}
