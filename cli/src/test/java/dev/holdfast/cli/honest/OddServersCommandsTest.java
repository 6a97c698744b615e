package dev.holdfast.cli.honest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.Main;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.Signals;
import dev.holdfast.cli.run.Terminal;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.honest.OddServer;
import dev.holdfast.scenarios.honest.Oddities;
import dev.holdfast.scenarios.honest.Oddity;
import dev.holdfast.scenarios.model.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Chaos, load and gate accuse an odd server of no more than the conformance cases may. */
@Tag("lab")
@Timeout(value = 1_200, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OddServersCommandsTest {
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("chaos"),
          List.of("load", "--duration", "6s", "--users", "5"),
          List.of("gate", "--quick"),
          List.of("gate"));

  @SuppressWarnings("unused") // named by FieldSource
  static final List<Oddity> ALL = Oddities.ALL;

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("ALL")
  void noCommandAccusesAny(Oddity oddity) throws Exception {
    OddServer.assumeRunnable(oddity);
    List<String> accusations = new ArrayList<>();
    try (OddServer server = OddServer.start(oddity, 0)) {
      Path config = folder.resolve("holdfast.yaml");
      Files.writeString(config, declared(server.target()));
      for (List<String> command : COMMANDS) {
        accusations.addAll(accusations(oddity, command, config));
      }
    }
    assertEquals("", String.join("\n", accusations), "false accusations of " + oddity);
  }

  private List<String> accusations(Oddity oddity, List<String> command, Path config)
      throws IOException {
    Path out = folder.resolve("report");
    var printed = new ByteArrayOutputStream();
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of("--config", config.toString(), "--out", out.toString()));
    var stream = new PrintStream(printed, true, UTF_8);
    int exit =
        Main.run(
            words.toArray(String[]::new),
            new Shell(stream, stream, Map.of(), Terminal.NONE, Signals.NONE));
    List<String> accusations = new ArrayList<>();
    for (Finding f : JsonFormat.read(out.resolve("report.json")).findings()) {
      boolean warned =
          f.verdict() == Verdict.WARN
              && !oddity.mayWarn(f.address())
              && !oddity.mayWarn(f.clause());
      if (f.verdict() == Verdict.FAIL || f.verdict() == Verdict.HARNESS_ERROR || warned) {
        accusations.add(
            command
                + ": "
                + f.verdict()
                + " "
                + f.address()
                + ", expected "
                + f.expected()
                + ", saw "
                + f.seen());
      }
    }
    if (exit != 0 && exit != 2) {
      accusations.add(command + " ended with " + exit);
    }
    System.out.println(oddity + " " + command + ": exit " + exit + ", " + accusations.size());
    accusations.forEach(System.out::println);
    return accusations;
  }

  /** JSON, which is YAML as well. */
  private static String declared(Target target) {
    ObjectNode config = JsonFormat.MAPPER.createObjectNode();
    ObjectNode at = config.putObject("target").put("url", target.url().toString());
    if (target.http() != null) {
      at.put("http", target.http().toString());
    }
    ObjectNode stimuli = config.putObject("stimuli");
    target.stimuli().forEach((kind, words) -> stimuli.put(kind.word(), words));
    return config.toString();
  }
}
