package dev.holdfast.cli.simulate;

import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.protocol.Profile;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.explore.Stories;
import dev.holdfast.scenarios.load.ScenarioReader;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.world.Swarm;
import dev.holdfast.scenarios.world.Swarm.Violation;
import dev.holdfast.scenarios.world.WorldRun;
import java.nio.file.Path;
import java.util.List;

/** Plays files in virtual time: stories as they were found, scenarios in both profiles. */
public final class StoryFiles {
  private final Shell shell;
  private final Swarm swarm;
  private final boolean twin;
  private final boolean json;
  private boolean failed;

  public StoryFiles(Shell shell, Swarm swarm, boolean twin, boolean json) {
    this.shell = shell;
    this.swarm = swarm;
    this.twin = twin;
    this.json = json;
  }

  /** Returns the exit code. */
  public int play(List<Path> files, long seed) {
    for (Scenario scenario : files.stream().map(ScenarioReader::read).toList()) {
      if (scenario.world() != null) {
        story(scenario);
      } else if (twin) {
        throw new UsageError(scenario.name() + " is no story: --twin needs a file with a world");
      } else {
        for (Profile profile : Profile.values()) {
          scenario(scenario, profile, seed);
        }
      }
    }
    String verdict = failed ? "FAIL a violation" : "PASS no violation";
    (json ? shell.err() : shell.out()).println("holdfast: " + verdict);
    return (failed ? ExitCode.NONCONFORMANCE : ExitCode.PASS).code();
  }

  private void story(Scenario scenario) {
    Violation violation;
    try {
      violation = swarm.play(Stories.of(scenario));
    } catch (IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
    if (violation == null) {
      say(scenario.name(), "pass", "no violation");
    } else {
      failed = true;
      say(scenario.name(), "fail", violation.checker() + ": " + violation.evidence());
    }
  }

  private void scenario(Scenario scenario, Profile profile, long seed) {
    Finding finding = WorldRun.reference(profile).play(scenario, seed, "").finding();
    failed |= finding.verdict() == Verdict.FAIL;
    String seen = finding.seen() == null ? "" : finding.seen();
    say(scenario.name() + " (" + profile.word() + ")", finding.verdict().label(), seen);
  }

  private void say(String name, String verdict, String why) {
    if (json) {
      var object = JsonFormat.MAPPER.createObjectNode().put("event", "story");
      object.put("name", name).put("verdict", verdict).put("seen", why);
      shell.out().println(object);
    } else {
      shell.out().println(name + ": " + verdict + (why.isEmpty() ? "" : ": " + why));
    }
  }
}
