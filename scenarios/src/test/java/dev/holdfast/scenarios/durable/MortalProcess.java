package dev.holdfast.scenarios.durable;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A {@link StoredServer} that can be killed, asked to stop, and started again at its address. */
final class MortalProcess implements AutoCloseable {
  private static final long END_MS = 30_000;

  private final Path folder;
  private final int port;
  private Process process;

  MortalProcess(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    process = launch();
    awaitListening();
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            StoredServer.class.getName(),
            String.valueOf(port),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
        .start();
  }

  File log() {
    return folder.resolve("server.log").toFile();
  }

  private void awaitListening() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .failFast("the server ended", () -> !process.isAlive())
        .until(this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  URI url() {
    return URI.create("ws://127.0.0.1:" + port + "/ws/chat");
  }

  /** SIGKILL, and a new life. */
  void dieAndRise() throws IOException, InterruptedException {
    process.destroyForcibly();
    rise();
  }

  /** SIGTERM, and a new life. */
  void stopAndRise() throws IOException, InterruptedException {
    process.destroy();
    rise();
  }

  private void rise() throws IOException, InterruptedException {
    if (!process.waitFor(END_MS, TimeUnit.MILLISECONDS)) {
      throw new IOException("the server did not end within " + END_MS + " ms");
    }
    process = launch();
    awaitListening();
  }

  /** SIGTERM, for good. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(END_MS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
