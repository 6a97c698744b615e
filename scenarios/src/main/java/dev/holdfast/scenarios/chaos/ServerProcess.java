package dev.holdfast.scenarios.chaos;

import dev.holdfast.proxy.engine.Injection;
import dev.holdfast.scenarios.model.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server as a process of its own, started by a command in which {@code {port}} stands for a free
 * port that stays the same over restarts. It is up when somebody listens there.
 */
public final class ServerProcess implements OwnServer {
  private static final String PORT = "{port}";
  private static final long START_LIMIT_MS = 30_000;
  private static final long END_LIMIT_MS = 5_000;
  private static final long LOOK_AGAIN_MS = 25;

  private final List<String> command;
  private final int port;
  private Process process;

  private ServerProcess(List<String> command, int port) throws IOException {
    this.command = command.stream().map(word -> word.replace(PORT, String.valueOf(port))).toList();
    this.port = port;
    process = launch();
  }

  /** Starts the command and waits until it listens. */
  public static ServerProcess start(List<String> command) throws IOException, InterruptedException {
    ServerProcess server = new ServerProcess(command, freePort());
    server.awaitListening();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void awaitListening() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_LIMIT_MS);
    while (!listens()) {
      if (!process.isAlive()) {
        throw new IOException("the server ended with " + process.exitValue() + ": " + command);
      }
      if (System.nanoTime() > deadline) {
        close();
        throw new IOException("nothing listened on port " + port + ": " + command);
      }
      Thread.sleep(LOOK_AGAIN_MS);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public URI url() {
    return URI.create("ws://127.0.0.1:" + port + "/ws/chat");
  }

  @Override
  public Injection sigkill() {
    process.destroyForcibly();
    return new Injection() {
      private boolean over;

      @Override
      public String fault() {
        return Scenario.SIGKILL;
      }

      @Override
      public long bites() {
        return 1;
      }

      @Override
      public void remove() {
        if (!over) {
          over = true;
          restart();
        }
      }
    };
  }

  private void restart() {
    try {
      boolean unused = process.waitFor(END_LIMIT_MS, TimeUnit.MILLISECONDS);
      process = launch();
      awaitListening();
    } catch (IOException e) {
      throw new UncheckedIOException("the server did not start again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_LIMIT_MS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
