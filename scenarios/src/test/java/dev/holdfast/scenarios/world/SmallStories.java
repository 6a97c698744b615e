package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.broken.Twin;
import dev.holdfast.protocol.broken.Twins;
import dev.holdfast.scenarios.explore.Halves;
import dev.holdfast.scenarios.explore.Shrinker;
import dev.holdfast.scenarios.explore.Shrunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is left of the story that catches each twin: the page {@code docs/small-stories.md}. */
final class SmallStories {
  static final String COMMAND =
      "mvn -pl scenarios -am test -Plab -Dtest=ShrunkTwinsTest -Dsmall_stories=write";

  static final int MOST_PEOPLE = 3;
  static final int MOST_MESSAGES = 3;
  static final int MOST_FAULTS = 2;

  /** Bugs that show only once there is enough of something. */
  static final Map<String, String> NEED_MANY =
      Map.of("client/acks-before-it-shows", "32 frames without an ack of their own");

  private static final Pattern ROW = Pattern.compile("\\| `([a-z/-]+)` \\| ([0-9]+) \\| (.*)");

  private SmallStories() {}

  static Shrunk shrunk(Twin twin, long seed) {
    return new Shrinker(Halves.with(twin)).shrink(StoryTeller.of(seed));
  }

  static boolean small(Shrunk s) {
    return s.people() <= MOST_PEOPLE && s.messages() <= MOST_MESSAGES && s.faults() <= MOST_FAULTS;
  }

  static Path file() {
    return TwinTable.file().resolveSibling("small-stories.md");
  }

  /** The rest of each twin's row, behind its seed. */
  static Map<String, String> written() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (String line : Files.readAllLines(file())) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(row.group(1), row.group(3));
      }
    }
    return rows;
  }

  /** The seed of each twin's small story. */
  static Map<String, Long> seeds() throws IOException {
    Map<String, Long> seeds = new TreeMap<>();
    for (String line : Files.readAllLines(file())) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        seeds.put(row.group(1), Long.parseLong(row.group(2)));
      }
    }
    return seeds;
  }

  /** The first seed from there on whose story catches the twin and shrinks to a small one. */
  static long seed(Twin twin, long first) {
    if (NEED_MANY.containsKey(Halves.name(twin))) {
      return first;
    }
    Swarm swarm = Halves.with(twin);
    for (long seed = first; seed < TwinTable.MOST_SEEDS; seed++) {
      if (swarm.play(StoryTeller.of(seed)) != null && small(shrunk(twin, seed))) {
        return seed;
      }
    }
    throw new AssertionError(Halves.name(twin) + " has no small story");
  }

  static String row(Twin twin, long seed, Shrunk shrunk) {
    return "| `" + Halves.name(twin) + "` | " + seed + " | " + rest(twin, shrunk);
  }

  static String rest(Twin twin, Shrunk s) {
    String need = NEED_MANY.getOrDefault(Halves.name(twin), "");
    return s.people()
        + " | "
        + s.messages()
        + " | "
        + s.faults()
        + " | "
        + s.otherDeeds()
        + " | `"
        + s.violation().checker()
        + "` | "
        + s.plays()
        + " | "
        + need
        + " |";
  }

  static String page(List<String> rows) {
    return """
    # Small stories

    The story that catches a twin ([twins.md](twins.md)) has two or three people, five messages or more
    and a handful of faults; most of them have nothing to do with it. The shrinker leaves out and rounds
    one thing after the other for as long as a judge still objects. What is left is *1-minimal*: without
    any one of its people, messages, deeds or faults, and with any of its times rounder, there is no violation.
    None of %d is larger than %d people, %d messages and %d faults, but for bugs that show only once there
    is enough of something; the last column says of what.

    `./holdfast simulate --twin NAME --seed SEED --seeds 1` finds the story, shrinks it, and writes what is
    left as a scenario, a JUnit test and a sequence diagram. *Stories* is how many were played for it.
    This page is written by

    ```
    %s
    ```

    | twin | seed | people | messages | faults | other deeds | judge | stories | needs |
    |---|---|---|---|---|---|---|---|---|
    """
            .formatted(rows.size(), MOST_PEOPLE, MOST_MESSAGES, MOST_FAULTS, COMMAND)
        + String.join("\n", rows)
        + "\n";
  }

  static String page() throws IOException {
    Map<String, Long> seeds = TwinTable.written();
    List<String> rows = new ArrayList<>();
    for (Twin twin : Twins.EVERY) {
      Long seed = seeds.get(Halves.name(twin));
      if (seed != null) {
        long small = seed(twin, seed);
        rows.add(row(twin, small, shrunk(twin, small)));
      }
    }
    return page(rows);
  }
}
