package dev.holdfast.cli;

import dev.holdfast.cli.run.OutputOptions;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.cli.simulate.Twin;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.scenarios.explore.Replay;
import dev.holdfast.scenarios.explore.Stories;
import dev.holdfast.scenarios.load.ScenarioReader;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.world.Story;
import dev.holdfast.scenarios.world.Swarm;
import dev.holdfast.scenarios.world.Swarm.Violation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Steps through a story in virtual time. */
@Command(
    name = "replay",
    description = {
      "Plays a story that simulate wrote and steps through all that happens in it.",
      "On a terminal Enter shows the next step, and q ends it; elsewhere all steps are printed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast replay holdfast-stories/story-11.yaml",
      "  ./holdfast replay holdfast-stories/story-11.yaml --twin server/replay-reorders",
      "  ./holdfast replay story-11.yaml --json | jq -r .line"
    })
final class ReplayCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "FILE", description = "A scenario with a world: a story.")
  Path file = Path.of("");

  @Option(
      names = "--twin",
      paramLabel = "NAME",
      description = "Play a core that is wrong in one way: server/… or client/… of docs/twins.md.")
  @Nullable String twin;

  @Option(names = "--all", description = "Print all steps on a terminal, too.")
  boolean all;

  ReplayCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Scenario scenario = ScenarioReader.read(file);
    Swarm swarm = Twin.swarm(twin);
    Story story = story(scenario);
    Violation violation = swarm.play(story);
    boolean steps = shell.terminal().out() && !all && !output.json() && !output.quiet();
    if (!output.quiet()) {
      show(swarm, story, steps);
    }
    String verdict =
        violation == null
            ? "PASS no violation"
            : "FAIL " + violation.checker() + ": " + violation.evidence();
    (output.json() ? shell.err() : shell.out()).println("holdfast: " + verdict);
    return (violation == null ? ExitCode.PASS : ExitCode.NONCONFORMANCE).code();
  }

  private static Story story(Scenario scenario) {
    try {
      return Stories.of(scenario);
    } catch (IllegalArgumentException e) {
      throw new UsageError(e.getMessage() + "; simulate and chaos play it");
    }
  }

  private void show(Swarm swarm, Story story, boolean waits) throws IOException {
    BufferedReader keys =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (Replay.Step step : Replay.steps(swarm.moments(story))) {
      shell.out().println(output.json() ? JsonFormat.MAPPER.writeValueAsString(step) : step.text());
      if (waits) {
        shell.out().flush();
        String typed = keys.readLine();
        if (typed == null || typed.strip().equals("q")) {
          return;
        }
      }
    }
  }
}
