package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.holdfast.cli.examples.ExampleServer;
import dev.holdfast.cli.examples.ExampleServer.Language;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mode that help or the documents name, on the reference and on both example servers: each
 * ends with the exit code that stands here. Of the table a tenth is played in profile ci.
 */
@Isolated("its loads and gates must be its own")
class DocumentedModesTest {
  private static final String TOXIPROXY = "HOLDFAST_TOXIPROXY";
  private static final String STARVED = "this machine was starved of processor time";
  private static final String LATE = "an injector began ";

  /** Stands for a Toxiproxy that is started from its path. */
  private static final String EXTERNAL = "external";

  /** Stands for a file of budgets that do not depend on time: the reference's own ones do. */
  private static final String UNTIMED = "budgets.yaml";

  /** What a mode is played against. */
  private enum On {
    /** The reference, which the command starts itself. */
    ITSELF,
    /** The reference at a URL, with sessions in memory or in a file. */
    CORE_IN_MEMORY,
    CORE_IN_SQLITE,
    RESUME_IN_MEMORY,
    RESUME_IN_SQLITE,
    PYTHON,
    NODE
  }

  /** One mode and its exit code. */
  private record Mode(int exitCode, On on, List<String> words) {
    static Mode of(int exitCode, On on, String words) {
      return new Mode(exitCode, on, List.of(words.split(" ", -1)));
    }

    @Override
    public String toString() {
      return on + " " + String.join(" ", words) + " → " + exitCode;
    }
  }

  @TempDir private Path folder;

  private static List<Mode> all() {
    List<Mode> all = new ArrayList<>();
    check(all);
    chaos(all);
    load(all);
    gate(all);
    simulate(all);
    return all;
  }

  private static void check(List<Mode> all) {
    for (String option :
        List.of(
            "--quiet",
            "--json",
            "--list",
            "--level must",
            "--profile core",
            "--profile resume",
            "--slow --case session/*",
            "--repeat 2 --case heartbeat/*",
            "--seed 7 --case queue/**")) {
      all.add(Mode.of(0, On.ITSELF, "check server " + option));
    }
    for (On on : On.values()) {
      if (on != On.ITSELF) {
        all.add(Mode.of(0, on, "check server"));
        all.add(Mode.of(0, on, "check server --level must --repeat 2"));
      }
    }
  }

  private static void chaos(List<Mode> all) {
    for (Scenario scenario : ChaosScenarios.ALL) {
      all.add(Mode.of(0, On.ITSELF, "chaos --scenario " + scenario.name()));
    }
    for (String option : List.of("", " --repeat 2", " --seed 7 --quiet", " --json")) {
      all.add(Mode.of(0, On.ITSELF, "chaos --engine embedded" + option));
    }
    all.add(Mode.of(0, On.ITSELF, "chaos --list"));
    all.add(Mode.of(0, On.ITSELF, "chaos --engine " + EXTERNAL));
    all.add(Mode.of(0, On.ITSELF, "chaos --engine " + EXTERNAL + " --repeat 2"));
    for (On on : On.values()) {
      if (on != On.ITSELF) {
        all.add(Mode.of(0, on, "chaos"));
        all.add(Mode.of(0, on, "chaos --repeat 2 --scenario cut-mid-run"));
        all.add(Mode.of(0, on, "chaos --scenario cut-mid-run --engine " + EXTERNAL));
        // Nothing that applies was played, and that is said.
        all.add(Mode.of(2, on, "chaos --scenario ended-in-mid-run"));
      }
    }
  }

  private static void load(List<Mode> all) {
    for (String profile : List.of("smoke", "steady", "spike", "soak")) {
      for (String model : List.of("open", "closed")) {
        all.add(
            Mode.of(
                0,
                On.ITSELF,
                "load --duration 4s --users 100 --config "
                    + UNTIMED
                    + " --profile "
                    + profile
                    + " --model "
                    + model));
      }
    }
    for (String option :
        List.of(
            "--profile storm --duration 30s --users 10",
            "--duration 4s --injectors 2",
            "--duration 4s --mix talk=1,poll=1",
            "--duration 4s --mix drop=1 --quiet")) {
      all.add(Mode.of(0, On.ITSELF, "load --config " + UNTIMED + " " + option));
    }
    // The reference's budget is a 99th percentile, which so few samples do not have.
    all.add(Mode.of(2, On.ITSELF, "load --duration 4s --users 10 --profile steady"));
    for (On on : On.values()) {
      if (on != On.ITSELF) {
        all.add(Mode.of(0, on, "load --duration 4s"));
      }
    }
  }

  private static void gate(List<Mode> all) {
    for (String option : List.of("", " --quick", " --full", " --quick --json", " --seed 7")) {
      all.add(Mode.of(0, On.ITSELF, "gate" + option));
    }
    for (On on : On.values()) {
      if (on != On.ITSELF) {
        all.add(Mode.of(0, on, "gate"));
        all.add(Mode.of(0, on, "gate --quick"));
      }
    }
  }

  private static void simulate(List<Mode> all) {
    all.add(Mode.of(0, On.ITSELF, "simulate --seeds 50"));
    all.add(Mode.of(0, On.ITSELF, "simulate --exhaustive 1"));
    all.add(Mode.of(0, On.ITSELF, "simulate --seeds 20 --no-shrink --json"));
    all.add(Mode.of(1, On.ITSELF, "simulate --seeds 200 --no-shrink --twin server/two-terminals"));
  }

  /** A tenth, another one each time: the seed says which. */
  static Stream<Mode> tenth() {
    long seed = Long.getLong("holdfast.seed", System.nanoTime());
    System.out.println("documented modes: seed " + seed);
    List<Mode> shuffled = new ArrayList<>(all());
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled.stream().limit(shuffled.size() / 10);
  }

  static Stream<Mode> whole() {
    return all().stream();
  }

  @Tag("lab")
  @ParameterizedTest(name = "{0}")
  @MethodSource("tenth")
  void aTenthEndsAsItShould(Mode mode) throws Exception {
    play(mode);
  }

  @Tag("lab")
  @ParameterizedTest(name = "{0}")
  @MethodSource("whole")
  void allEndAsTheyShould(Mode mode) throws Exception {
    play(mode);
  }

  private void play(Mode mode) throws Exception {
    switch (mode.on()) {
      case ITSELF -> spoken(mode, null, null);
      case CORE_IN_MEMORY -> served(mode, "core", null);
      case CORE_IN_SQLITE -> served(mode, "core", folder.resolve("sessions.db"));
      case RESUME_IN_MEMORY -> served(mode, "resume", null);
      case RESUME_IN_SQLITE -> served(mode, "resume", folder.resolve("sessions.db"));
      case PYTHON -> example(mode, Language.PYTHON);
      case NODE -> example(mode, Language.NODE);
    }
  }

  private void served(Mode mode, String profile, @Nullable Path store) throws Exception {
    ServerOptions.Builder options = ServerOptions.builder();
    if (store != null) {
      options.store(store);
    }
    try (ReferenceServer server = ReferenceServer.start(options.build())) {
      Path declared = Language.PYTHON.folder().resolve("holdfast.yaml");
      String config = Files.readString(declared) + "profile: " + profile + "\n";
      spoken(mode, server.wsUrl(), Files.writeString(folder.resolve("served.yaml"), config));
    }
  }

  private void example(Mode mode, Language language) throws Exception {
    try (ExampleServer server =
        ExampleServer.start(language, folder.resolve("example"), List.of())) {
      spoken(mode, server.url(), language.folder().resolve("holdfast.yaml"));
    }
  }

  private void spoken(Mode mode, @Nullable String url, @Nullable Path config) throws IOException {
    List<String> words = new ArrayList<>();
    for (String word : mode.words()) {
      words.add(
          switch (word) {
            case EXTERNAL -> external();
            case UNTIMED -> untimed();
            default -> word;
          });
    }
    if (url != null && config != null) {
      words.add(url);
      words.addAll(List.of("--config", config.toString()));
    }
    if (!mode.words().contains("--list")) {
      words.addAll(List.of("--out", folder.resolve("report").toString()));
    }
    Spoken spoken = Spoken.by(words.toArray(String[]::new));
    if (blamesTheMachine(spoken)) {
      abort(mode + " could not be judged on this machine: " + spoken.lastLine());
    }
    assertEquals(mode.exitCode(), spoken.exitCode(), () -> mode + "\n" + spoken);
  }

  /** Whether the verdict is INCONCLUSIVE because other work left too little processor time. */
  private static boolean blamesTheMachine(Spoken spoken) {
    return spoken.exitCode() == ExitCode.INCONCLUSIVE.code()
        && (spoken.out() + spoken.err())
            .lines()
            .filter(l -> l.startsWith("holdfast: INCONCLUSIVE"))
            .anyMatch(l -> l.contains(STARVED) || l.contains(LATE));
  }

  private String untimed() throws IOException {
    String budgets = "budgets: {loss_conversations: 0, duplicate_conversations: 0}\n";
    return Files.writeString(folder.resolve(UNTIMED), budgets).toString();
  }

  private static String external() {
    String path = System.getenv(TOXIPROXY);
    if (path == null) {
      System.err.println("NOT RUN: set " + TOXIPROXY + " to a toxiproxy-server");
      return abort(TOXIPROXY + " is not set");
    }
    return EXTERNAL + "=" + path;
  }
}
