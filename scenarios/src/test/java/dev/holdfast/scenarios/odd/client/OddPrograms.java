package dev.holdfast.scenarios.odd.client;

import dev.holdfast.scenarios.conformance.client.Adapter;
import dev.holdfast.scenarios.conformance.client.ProcessAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Odd clients in other languages, as programs; each needs the example client of its language. */
final class OddPrograms {
  private static final Path HOME = Path.of("src", "test", "odd-clients").toAbsolutePath();
  private static final Path EXAMPLES =
      Path.of("..", "examples", "clients").toAbsolutePath().normalize();
  private static final String DRAIN = "rollout/core-drain-keeps-the-message";
  private static final String REFUSED = "reconnect/final-refusals-stop/";
  private static final String HIDDEN = "the browser's interface shows no status and no header";

  static final List<OddClient> ALL =
      List.of(
          new OddClient(
                  "node-two-fragments",
                  "Sends each message in two fragments, fields of its own in it, and says 3001 when"
                      + " its user leaves.",
                  "Node",
                  new TreeMap<>(),
                  OddPrograms::node)
              .warned(DRAIN, "the example client does not say a refused message again")
              .warned("reconnect/retry-after-header-is-a-floor", HIDDEN)
              .warned(REFUSED + "400", HIDDEN)
              .warned(REFUSED + "401", HIDDEN)
              .warned(REFUSED + "403", HIDDEN),
          new OddClient(
              "python-slow-flush",
              "Writes what waited one message every 5 ms, without ids, and keeps the rest where"
                  + " the connection ends.",
              "Python",
              new TreeMap<>(),
              () -> python("slow_flush.py")),
          new OddClient(
              "python-one-at-a-time",
              "Writes the next message only when the one before it has ended, and writes that one"
                  + " again on the next connection until then.",
              "Python",
              new TreeMap<>(),
              () -> python("one_at_a_time.py")));

  private OddPrograms() {}

  private static Optional<Adapter> node() {
    boolean there = Files.exists(EXAMPLES.resolve("node/node_modules/ws/package.json"));
    return there && runs("node", "--version")
        ? program("node", "two-fragments.mjs")
        : Optional.empty();
  }

  private static Optional<Adapter> python(String file) {
    @Nullable String python = System.getenv("HOLDFAST_PYTHON");
    return python != null && runs(python, "-c", "import websockets")
        ? program(python, file)
        : Optional.empty();
  }

  private static Optional<Adapter> program(String command, String file) {
    return Optional.of(new ProcessAdapter(List.of(command, HOME.resolve(file).toString())));
  }

  private static boolean runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
