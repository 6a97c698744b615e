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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server as a process of its own, started by a command in which {@code {port}} stands for a free
 * port that stays the same over restarts. It is up when somebody listens there.
 */
public final class ServerProcess implements OwnServer {
  /** Stands for the port in a command. */
  public static final String PORT = "{port}";

  /** Stands for a folder that the server has for itself. */
  private static final String FOLDER = "{folder}";

  /** What it calls the folder of its audit log, in that folder. */
  private static final String AUDIT = "audit";

  /** How a command names the folder of its audit log, if it is to have one. */
  public static final String AUDIT_FOLDER = FOLDER + "/" + AUDIT;

  private static final long START_LIMIT_MS = 90_000;
  private static final long END_LIMIT_MS = 5_000;

  /** How long a process that was asked to end may see its runs through. */
  private static final long DRAIN_LIMIT_MS = 15_000;

  private static final long LOOK_AGAIN_MS = 25;

  private final List<String> command;
  private final Map<String, String> environment = new HashMap<>();
  private final @Nullable Path directory;
  private final URI like;
  private final int port;
  private final Path folder;
  private Process process;
  private boolean closed;

  private ServerProcess(
      List<String> command,
      Map<String, String> environment,
      @Nullable Path directory,
      URI like,
      int port)
      throws IOException {
    this.directory = directory;
    this.like = like;
    folder = Files.createTempDirectory("holdfast-server");
    this.port = port;
    this.command = command.stream().map(this::filled).toList();
    environment.forEach((name, value) -> this.environment.put(name, filled(value)));
    try {
      process = launch();
    } catch (IOException e) {
      delete(folder);
      throw e;
    }
  }

  /** Starts the command and waits until it listens. */
  public static ServerProcess start(List<String> command) throws IOException, InterruptedException {
    return start(command, Map.of(), null, URI.create("ws://127.0.0.1/ws/chat"));
  }

  /**
   * Starts the command and waits until it listens.
   *
   * @param environment beside what this process has; {@code {port}} stands for the port here too
   * @param directory where it is run; null is this process's own
   * @param like its address but for the port
   * @throws IOException if it does not listen in time
   */
  public static ServerProcess start(
      List<String> command, Map<String, String> environment, @Nullable Path directory, URI like)
      throws IOException, InterruptedException {
    ServerProcess server = new ServerProcess(command, environment, directory, like, freePort());
    try {
      server.awaitListening();
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private String filled(String word) {
    return word.replace(PORT, String.valueOf(port)).replace(FOLDER, folder.toString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process launch() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    builder.environment().putAll(environment);
    return builder
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
  public Path audit() {
    return folder.resolve(AUDIT);
  }

  @Override
  public URI url() {
    return URI.create(like.getScheme() + "://" + like.getHost() + ":" + port + like.getRawPath());
  }

  @Override
  public Injection signal(String fault) {
    return switch (fault) {
      case Scenario.SIGSTOP -> {
        send("STOP");
        yield Injection.of(fault, () -> 1, () -> send("CONT"));
      }
      case Scenario.SIGTERM -> {
        process.destroy();
        yield Injection.of(fault, () -> 1, this::restart);
      }
      default -> {
        process.destroyForcibly();
        yield Injection.of(fault, () -> 1, this::restart);
      }
    };
  }

  /** Java has no word for these two. */
  private void send(String signal) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
      if (!kill.waitFor(END_LIMIT_MS, TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("kill -" + signal + " did not reach the server");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("needs the command kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void restart() {
    try {
      if (!process.waitFor(DRAIN_LIMIT_MS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        boolean unused = process.waitFor(END_LIMIT_MS, TimeUnit.MILLISECONDS);
      }
      if (relaunched()) {
        awaitListening();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the server did not start again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it was started again: nobody wants that any more of one that was closed. */
  private synchronized boolean relaunched() throws IOException {
    if (!closed) {
      process = launch();
    }
    return !closed;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    process.destroy();
    try {
      if (!process.waitFor(END_LIMIT_MS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    delete(folder);
  }

  /** Deletes a folder of ours and what is in it, as far as it lets itself be deleted. */
  public static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      folder.toFile().deleteOnExit();
    }
  }
}
