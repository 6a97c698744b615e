package dev.holdfast.cli.simulate;

import dev.holdfast.cli.run.Shell;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.Blame;
import dev.holdfast.scenarios.explore.Shrinker;
import dev.holdfast.scenarios.explore.Shrunk;
import dev.holdfast.scenarios.explore.Told;
import dev.holdfast.scenarios.world.Story;
import dev.holdfast.scenarios.world.Swarm;
import dev.holdfast.scenarios.world.Swarm.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes failing stories small and writes them down: the first one of each judge. */
public final class SmallStories {
  private final Shell shell;
  private final Swarm swarm;
  private final @Nullable String twin;
  private final @Nullable Path folder;
  private final boolean json;
  private final Set<String> told = new HashSet<>();

  /**
   * A shrinker at work for a simulation.
   *
   * @param twin the broken core that is played, or null
   * @param folder where to write, or null to leave stories as they are
   */
  public SmallStories(
      Shell shell, Swarm swarm, @Nullable String twin, @Nullable Path folder, boolean json) {
    this.shell = shell;
    this.swarm = swarm;
    this.twin = twin;
    this.folder = folder;
    this.json = json;
  }

  void take(Story story, Violation violation) throws IOException {
    if (folder == null || !told.add(violation.checker())) {
      return;
    }
    Shrunk shrunk = new Shrinker(swarm).shrink(story);
    if (shrunk.story().padded()) {
      shell.err().println("  it cannot be told apart from the small talk behind it");
      return;
    }
    Told small = Told.of(shrunk, swarm, twin);
    List<Path> written = small.write(folder);
    Blame blame = small.blame();
    if (json) {
      tellPrograms(shrunk, blame, written);
    } else {
      String minimal = shrunk.minimal() ? "nothing of it can be left out" : "not yet minimal";
      shell.out().println("  " + shrunk.size() + " after " + shrunk.plays() + " plays, " + minimal);
      shell
          .out()
          .println("  " + shrunk.violation().checker() + ": " + shrunk.violation().evidence());
      if (blame != null) {
        shell.out().println("  cause: " + blame.sentence());
      }
      written.forEach(file -> shell.out().println("  " + file));
    }
  }

  private void tellPrograms(Shrunk shrunk, @Nullable Blame blame, List<Path> written) {
    var object = JsonFormat.MAPPER.createObjectNode();
    object.put("event", "shrunk").put("seed", shrunk.original().seed());
    object.put("people", shrunk.people()).put("messages", shrunk.messages());
    object.put("faults", shrunk.faults()).put("other_deeds", shrunk.otherDeeds());
    object.put("plays", shrunk.plays()).put("minimal", shrunk.minimal());
    object.put("checker", shrunk.violation().checker());
    if (blame != null) {
      object.put("culprit", blame.culprit().toString()).put("why", blame.why());
    }
    var files = object.putArray("files");
    written.forEach(file -> files.add(file.toString()));
    shell.out().println(object);
  }
}
