package dev.holdfast.cli.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An example server, whole or with one line broken, as a process of its own. */
public final class ExampleServer implements AutoCloseable {
  private static final String FIRST_LINE = "listening on ";

  private final Process process;
  private final String url;

  private ExampleServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** One line to break: the text as it stands in the file, and what takes its place. */
  public record Breakage(String file, String old, String broken) {}

  /** Copies the server, breaks what is to be broken, starts it and waits for its address. */
  public static ExampleServer start(Language language, Path copy, List<Breakage> breakages)
      throws Exception {
    copy(language.folder(), copy);
    for (Breakage breakage : breakages) {
      Path file = copy.resolve(breakage.file());
      String source = Files.readString(file);
      if (!source.contains(breakage.old())) {
        throw new IllegalStateException(file + " has no line " + breakage.old());
      }
      Files.writeString(file, source.replace(breakage.old(), breakage.broken()));
    }
    Process process =
        new ProcessBuilder(language.command())
            .directory(copy.toFile())
            .redirectError(copy.resolve("stderr.txt").toFile())
            .start();
    return new ExampleServer(process, address(process));
  }

  private static String address(Process process) throws Exception {
    var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = CompletableFuture.supplyAsync(() -> firstLine(reader)).get(20, TimeUnit.SECONDS);
    return line.substring(FIRST_LINE.length());
  }

  private static String firstLine(BufferedReader reader) {
    try {
      return Objects.requireNonNull(reader.readLine(), "the server ended at once");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  public String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(8, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** In which the example is written, and how it is run. */
  public enum Language {
    PYTHON,
    NODE;

    public Path folder() {
      return Path.of("..", "examples", "servers", name().toLowerCase(Locale.ROOT));
    }

    List<String> command() {
      String program = this == PYTHON ? "server.py" : "server.mjs";
      return List.of(interpreter(), program, "--port", "0");
    }

    /** Named by the environment, so that nobody's own Python or Node is changed. */
    String interpreter() {
      String variable = "HOLDFAST_" + name();
      String path = System.getenv(variable);
      if (path == null) {
        if (Boolean.parseBoolean(System.getenv("HOLDFAST_REQUIRE_TOOLS"))) {
          throw new IllegalStateException(variable + " must name the interpreter");
        }
        System.err.println(
            "NOT RUN: set " + variable + " to an interpreter with the examples' needs");
        abort(variable + " is not set");
      }
      return path;
    }
  }
}
