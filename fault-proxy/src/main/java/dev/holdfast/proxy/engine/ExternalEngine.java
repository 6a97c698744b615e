package dev.holdfast.proxy.engine;

import dev.holdfast.proxy.wire.Address;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Toxiproxy that runs already, or a binary of one that is started on loopback and ended here. */
public final class ExternalEngine extends ForeignEngine {
  /** The name that Toxiproxy's packages give the binary. */
  public static final String BINARY = "toxiproxy-server";

  private static final long START_SECONDS = 10;
  private static final long STOP_SECONDS = 5;

  private final @Nullable Process process;

  private ExternalEngine(URI api, @Nullable Process process) throws IOException {
    super("external", api, EmbeddedEngine.start(0, 0));
    this.process = process;
  }

  /** Takes the Toxiproxy whose API is there. */
  public static ExternalEngine connect(URI api) throws IOException {
    if (version(api) == null) {
      throw new IOException("no Toxiproxy answers at " + api);
    }
    return new ExternalEngine(api, null);
  }

  /** Starts this binary on a free loopback port. */
  public static ExternalEngine launch(Path binary) throws IOException {
    int port = freePort();
    URI api = URI.create("http://127.0.0.1:" + port);
    ProcessBuilder builder =
        new ProcessBuilder(
            binary.toString(), "-host", "127.0.0.1", "-port", Integer.toString(port));
    builder.environment().put("LOG_LEVEL", "error");
    Process process =
        builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start();
    try {
      awaitAnswer(api, process);
      return new ExternalEngine(api, process);
    } catch (IOException | RuntimeException e) {
      end(process);
      throw e;
    }
  }

  /** The Toxiproxy on the search path, if there is one. */
  public static Optional<Path> onPath() {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder, BINARY);
      if (Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static void awaitAnswer(URI api, Process process) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (version(api) == null) {
      if (System.nanoTime() > deadline) {
        throw new IOException("Toxiproxy does not answer at " + api);
      }
      if (exitedWithin(process, 20, TimeUnit.MILLISECONDS)) {
        throw new IOException("Toxiproxy ended at once with status " + process.exitValue());
      }
    }
  }

  private static boolean exitedWithin(Process process, long time, TimeUnit unit) {
    try {
      return process.waitFor(time, unit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Toxiproxy", e);
    }
  }

  private static void end(Process process) {
    process.destroy();
    if (!exitedWithin(process, STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  @Override
  String listen() {
    return "127.0.0.1:0";
  }

  @Override
  String tapListen() {
    return "127.0.0.1:0";
  }

  @Override
  String reached(InetSocketAddress tap) {
    return Address.format(tap);
  }

  @Override
  InetSocketAddress published(String listen) throws IOException {
    return Address.parse(listen).resolve();
  }

  @Override
  void release() {
    if (process != null) {
      end(process);
    }
  }
}
