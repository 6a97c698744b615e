package dev.holdfast.scenarios.explore;

import dev.holdfast.report.format.Launcher;
import dev.holdfast.report.picture.SequenceSvg;
import dev.holdfast.report.result.Blame;
import dev.holdfast.scenarios.world.Swarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shrunk story as it is handed on: a scenario, a JUnit test and a sequence diagram.
 *
 * @param name of all three: {@code story-11}
 * @param blame whose doing it is; null where nobody objects any more
 */
public record Told(String name, String yaml, String test, String picture, @Nullable Blame blame) {

  /**
   * Tells a story that was shrunk.
   *
   * @param twin the broken core that it was found with, or null
   */
  public static Told of(Shrunk shrunk, Swarm swarm, @Nullable String twin) {
    String name = "story-" + shrunk.story().seed();
    Blame blame = swarm.blame(shrunk.story());
    String verdict = shrunk.violation().checker() + ": " + shrunk.violation().evidence();
    String yaml =
        StoryYaml.of(
            shrunk.story(),
            name,
            verdict,
            shrunk.violation().checker(),
            head(shrunk, name, twin, blame));
    String title = name + (twin == null ? "" : " against " + twin) + ": " + shrunk.size();
    String picture =
        SequenceSvg.of(StorySequence.of(swarm.moments(shrunk.story()), title, verdict));
    return new Told(name, yaml, StoryTest.of(name, yaml, twin), picture, blame);
  }

  private static List<String> head(
      Shrunk shrunk, String name, @Nullable String twin, @Nullable Blame blame) {
    String with = twin == null ? "" : " --twin " + twin;
    List<String> head = new ArrayList<>();
    head.add(
        "Seed "
            + shrunk.original().seed()
            + (shrunk.minimal()
                ? ", made as small as it gets: without any one part of it there is no violation."
                : ", made smaller, not as small as it gets: the effort was at its bound."));
    head.add(shrunk.violation().checker() + ": " + shrunk.violation().evidence());
    if (blame != null) {
      head.add("Cause: " + blame.sentence());
    }
    head.add("Again: " + Launcher.with("simulate ") + name + ".yaml" + with);
    head.add("Step by step: " + Launcher.with("replay ") + name + ".yaml" + with);
    return head;
  }

  /** Writes {@code story-11.yaml}, {@code Story11Test.java} and {@code story-11.svg}. */
  public List<Path> write(Path folder) throws IOException {
    Files.createDirectories(folder);
    return List.of(
        Files.writeString(folder.resolve(name + ".yaml"), yaml),
        Files.writeString(folder.resolve(StoryTest.className(name) + ".java"), test),
        Files.writeString(folder.resolve(name + ".svg"), picture));
  }
}
