package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.broken.FromLife;
import dev.holdfast.protocol.broken.Twin;
import dev.holdfast.protocol.broken.Twins;
import dev.holdfast.scenarios.explore.Halves;
import dev.holdfast.scenarios.world.Swarm.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which stories catch which twin: the page {@code docs/twins.md}. */
final class TwinTable {
  static final String COMMAND = "mvn -pl scenarios -am test -Dtest=TwinHuntTest -Dtwins=write";
  static final long MOST_SEEDS = 10_000;

  private static final Pattern ROW = Pattern.compile("\\| `([a-z/-]+)` \\|.*\\| ([0-9]+) \\| `.*");

  private TwinTable() {}

  /** The first violation from seed 1 on, or null. */
  static @Nullable Violation hunt(Twin twin, long most) {
    Swarm swarm = Halves.with(twin);
    for (long seed = 1; seed <= most; seed++) {
      Violation violation = swarm.play(StoryTeller.of(seed));
      if (violation != null) {
        return violation;
      }
    }
    return null;
  }

  static Path file() {
    Path here = Path.of("").toAbsolutePath();
    Path root = Files.exists(here.resolve("docs")) ? here : here.resolve("..");
    return root.resolve("docs/twins.md").normalize();
  }

  /** The seed that catches each twin, as the page has it. */
  static Map<String, Long> written() throws IOException {
    Map<String, Long> seeds = new TreeMap<>();
    for (String line : Files.readAllLines(file())) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        seeds.put(row.group(1), Long.parseLong(row.group(2)));
      }
    }
    return seeds;
  }

  /** Hunts every twin that nothing speaks for; this takes minutes. */
  static String page() {
    List<String> caught = new ArrayList<>();
    List<String> unreached = new ArrayList<>();
    for (Twin twin : Twins.EVERY) {
      String why = Unreached.REASONS.get(Halves.name(twin));
      if (why != null) {
        unreached.add("| `" + Halves.name(twin) + "` | " + twin.says() + " | " + why + " |");
        continue;
      }
      Violation violation = hunt(twin, MOST_SEEDS);
      if (violation == null) {
        throw new AssertionError(Halves.name(twin) + " got by in " + MOST_SEEDS + " stories");
      }
      caught.add(row(twin, violation));
    }
    return head(caught.size(), unreached.size())
        + String.join("\n", caught)
        + "\n\n## Out of reach\n\nNo story of the simulated world can tell these from the reference;"
        + " `TwinsTest` has a rule that each of them fails.\n\n| twin | what is wrong | why no story"
        + " shows it |\n|---|---|---|\n"
        + String.join("\n", unreached)
        + "\n";
  }

  private static String row(Twin twin, Violation violation) {
    String profile = Twins.ALL.contains(twin) ? "resume" : "both";
    String report = FromLife.report(twin).map(url -> "[report](" + url + ")").orElse("");
    return "| `"
        + Halves.name(twin)
        + "` | "
        + profile
        + " | "
        + twin.says()
        + " | "
        + violation.seed()
        + " | `"
        + violation.checker()
        + "` | "
        + report
        + " |";
  }

  private static String head(int caught, int unreached) {
    return """
    # Twins

    A judge that nothing ever fails proves nothing. Each twin is one half of the reference, wrong in
    one small way; it talks to the other half, which is sound, in stories that were invented without
    knowing of it. Of %d twins the stories catch %d; %d are out of their reach, with the reason.

    `./holdfast simulate --twin NAME` plays one. *Stories* is how many it takes from seed 1 on. Where a
    fault was seen in a real system there is a link to somebody's report of it. This page is written by

    ```
    %s
    ```

    ## Caught

    | twin | profile | what is wrong | stories | caught by | seen in real life |
    |---|---|---|---|---|---|
    """
        .formatted(caught + unreached, caught, unreached, COMMAND);
  }
}
