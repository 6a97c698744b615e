package dev.holdfast.cli;

import dev.holdfast.cli.run.OutputOptions;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.cli.simulate.CutsCounted;
import dev.holdfast.cli.simulate.Simulation;
import dev.holdfast.cli.simulate.SmallStories;
import dev.holdfast.cli.simulate.StoryFiles;
import dev.holdfast.cli.simulate.Twin;
import dev.holdfast.scenarios.world.Swarm;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays stories in virtual time, invented or from files, on the reference or a broken twin. */
@Command(
    name = "simulate",
    description =
        "Invents stories of people, networks and faults, one a seed, plays them in virtual time"
            + " with the real cores, and has every judge look at each.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast simulate --seeds 10000",
      "  ./holdfast simulate --seed 4711 --seeds 1 --trace story.jsonl",
      "  ./holdfast simulate --twin server/replay-reorders     how soon it is caught;"
          + " docs/twins.md",
      "  ./holdfast simulate holdfast-stories/story-11.yaml    plays what was found once more",
      "  ./holdfast simulate --exhaustive 2                    every pair of cuts of one"
          + " conversation",
      "  ./holdfast simulate --seeds 1000 --json | jq 'select(.event == \"summary\")'"
    })
final class SimulateCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin OutputOptions output = new OutputOptions();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many stories. Default: ${DEFAULT-VALUE}")
  long seeds = 1_000;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The first story's seed; the next has the next. Default: ${DEFAULT-VALUE}")
  long seed = 1;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write every story's whole history there, a JSON object a line.")
  @Nullable Path trace;

  @Option(
      names = "--twin",
      paramLabel = "NAME",
      description = "Play a core that is wrong in one way: server/… or client/… of docs/twins.md.")
  @Nullable String twin;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where small stories are written: each is a story with a violation, made smaller, as"
              + " scenario, JUnit test and sequence diagram. Default: ${DEFAULT-VALUE}")
  Path out = Path.of("holdfast-stories");

  @Option(names = "--no-shrink", description = "Leave the stories as they were found.")
  boolean noShrink;

  @Option(
      names = "--exhaustive",
      paramLabel = "DEPTH",
      description =
          "Invent nothing: cut one conversation at every frame in every way, and again in what"
              + " follows, DEPTH cuts in all; 1 to 3.")
  @Nullable Integer exhaustive;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Play these stories or scenarios, and invent none.")
  List<Path> files = List.of();

  SimulateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    if (seeds < 1) {
      throw new UsageError("--seeds must be at least 1, not " + seeds);
    }
    Swarm swarm = Twin.swarm(twin);
    if (!files.isEmpty()) {
      return new StoryFiles(shell, swarm, twin != null, output.json()).play(files, seed);
    }
    if (exhaustive != null) {
      return new CutsCounted(shell, swarm, output.json(), output.quiet()).play(exhaustive);
    }
    SmallStories small = new SmallStories(shell, swarm, twin, noShrink ? null : out, output.json());
    Simulation simulation = new Simulation(shell, swarm, small, output.json(), output.quiet());
    if (trace == null) {
      return simulation.play(seed, seeds, null);
    }
    try (Writer writer = Files.newBufferedWriter(trace, StandardCharsets.UTF_8)) {
      return simulation.play(seed, seeds, writer);
    }
  }
}
