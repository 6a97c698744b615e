package dev.holdfast.scenarios.honest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.broken.Meddler;
import dev.holdfast.scenarios.conformance.ReferenceTarget;
import dev.holdfast.scenarios.honest.Oddity.Language;
import dev.holdfast.scenarios.honest.Oddity.Manner;
import dev.holdfast.scenarios.honest.Oddity.Says;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.model.Target.Stimulus;
import dev.holdfast.server.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * An odd server, running.
 *
 * <p>On a command line {@code OddServer NAME [PORT]} prints {@code listening on ws://…} and serves
 * until its input ends; without a name it lists them all.
 */
public final class OddServer implements AutoCloseable {
  private static final String FIRST_LINE = "listening on ";
  private static final Map<Stimulus, String> WORDS =
      Map.of(
          Stimulus.PLAIN, "Tell me a little",
          Stimulus.SLOW, "#slow Tell me a little",
          Stimulus.FAIL, "#fail Tell me a little",
          Stimulus.TWO_TOOLS, "#tools Tell me a little",
          Stimulus.LONG, "#slow #long Tell me a little");

  private final Target target;
  private final Ending ending;

  private interface Ending {
    void end() throws IOException;
  }

  private OddServer(Target target, Ending ending) {
    this.target = target;
    this.ending = ending;
  }

  /**
   * Starts it on a loopback port.
   *
   * @param port 0 for a free one
   * @throws IOException when it does not come up
   */
  public static OddServer start(Oddity oddity, int port) throws IOException {
    return switch (oddity.manner()) {
      case Manner.Wire wire -> wired(wire, port);
      case Manner.Program program -> started(program, port);
    };
  }

  private static OddServer wired(Manner.Wire wire, int port) throws IOException {
    ReferenceTarget sound = ReferenceTarget.start(OddServer::options, null);
    Meddler meddler = Meddler.start(port, sound.server().port(), wire.meddling());
    URI url = URI.create("ws://127.0.0.1:" + meddler.port() + "/ws/chat");
    Target target = sound.target().speaking(Profile.CORE).at(url, Target.httpBeside(url));
    return new OddServer(
        target,
        () -> {
          meddler.close();
          sound.server().kill();
        });
  }

  private static ServerOptions.Builder options() {
    return ServerOptions.builder().limits(ReferenceTarget.LIMITS);
  }

  private static OddServer started(Manner.Program program, int port) throws IOException {
    Path folder = folder(program.language());
    Process process =
        new ProcessBuilder(command(program, port))
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    if (line == null || !line.startsWith(FIRST_LINE)) {
      process.destroyForcibly();
      throw new IOException(program.path() + " did not start: " + line);
    }
    URI url = URI.create(line.substring(FIRST_LINE.length()));
    return new OddServer(
        new Target(url, null, Profile.CORE, Set.of(), words(program.says())), () -> end(process));
  }

  private static List<String> command(Manner.Program program, int port) throws IOException {
    String number = String.valueOf(port);
    return program.language() == Language.GO
        ? List.of(built().toString(), number)
        : List.of(interpreter(program.language()), program.path(), number);
  }

  /** The program in Go, built anew; Go's own cache makes that quick. */
  private static Path built() throws IOException {
    Path binary = Files.createTempDirectory("odd").resolve("odd");
    Process build =
        new ProcessBuilder(interpreter(Language.GO), "build", "-o", binary.toString(), ".")
            .directory(folder(Language.GO).toFile())
            .inheritIO()
            .start();
    try {
      if (build.waitFor() != 0) {
        throw new IOException("go build failed");
      }
    } catch (InterruptedException e) {
      build.destroyForcibly();
      throw new IOException("interrupted while building", e);
    }
    return binary;
  }

  /** Named by the environment, else the one on the path. */
  static String interpreter(Language language) {
    String named = System.getenv("HOLDFAST_" + language);
    String usual =
        language == Language.PYTHON ? "python3" : language.name().toLowerCase(Locale.ROOT);
    return named == null ? usual : named;
  }

  /**
   * Lets the test be aborted where a program's interpreter is missing and tools are not required.
   */
  public static void assumeRunnable(Oddity oddity) {
    if (oddity.manner() instanceof Manner.Program p
        && !Boolean.parseBoolean(System.getenv("HOLDFAST_REQUIRE_TOOLS"))) {
      assumeTrue(isThere(p.language()), p.language() + " or what the program needs is missing");
    }
  }

  /** Whether the interpreter answers, and the package is there that the programs in Node need. */
  private static boolean isThere(Language language) {
    Path packages = HonestPage.root().resolve("examples/servers/node/node_modules/ws");
    if (language == Language.NODE && !Files.isDirectory(packages)) {
      return false;
    }
    String version = language == Language.GO ? "version" : "--version";
    try {
      Process asked =
          new ProcessBuilder(interpreter(language), version)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectErrorStream(true)
              .start();
      return asked.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static Path folder(Language language) {
    return HonestPage.root()
        .resolve("examples/odd-servers/" + language.name().toLowerCase(Locale.ROOT));
  }

  private static Map<Stimulus, String> words(Says says) {
    Map<Stimulus, String> words = new EnumMap<>(WORDS);
    if (says != Says.EVERYTHING) {
      words.remove(Stimulus.TWO_TOOLS);
    }
    if (says == Says.ONE_FRAME) {
      words.remove(Stimulus.LONG);
    }
    return words;
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** As its owner would declare it. */
  public Target target() {
    return target;
  }

  @Override
  public void close() throws IOException {
    ending.end();
  }

  /** Serves until the input ends. */
  public static void main(String[] args) throws IOException {
    Optional<Oddity> oddity = args.length == 0 ? Optional.empty() : Oddities.find(args[0]);
    if (oddity.isEmpty()) {
      Oddities.ALL.forEach(o -> System.out.printf("%-24s %s%n", o.name(), o.odd()));
      return;
    }
    try (OddServer server = start(oddity.get(), args.length > 1 ? Integer.parseInt(args[1]) : 0)) {
      System.out.println(FIRST_LINE + server.target().url());
      System.out.flush();
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
