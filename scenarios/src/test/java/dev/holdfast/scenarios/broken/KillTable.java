package dev.holdfast.scenarios.broken;

import dev.holdfast.report.result.Glob;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.ServerCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which case catches which broken server, as a page of the docs. */
final class KillTable {
  static final String COMMAND =
      "mvn -pl scenarios test -Dtest=KillTableTest#pageIsUpToDate -Dkill_table=write";

  private KillTable() {}

  /** The page, wherever in the repository the tests were started. */
  static Path file() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("docs/protocol.md"))) {
        return at.resolve("docs/kill-table.md");
      }
    }
    throw new IllegalStateException("no docs/protocol.md in " + start + " or above it");
  }

  static String written() throws IOException {
    return Files.exists(file()) ? Files.readString(file()) : "";
  }

  /** The twins that a case looks for. */
  static List<BrokenTwin> twinsOf(Case one) {
    return BrokenServers.ALL.stream().filter(t -> t.isLookedForBy(one.address())).toList();
  }

  /**
   * The case that must notice a twin, whichever else may: the first that is played at this pace.
   */
  static Case firstOf(BrokenTwin twin) {
    for (String glob : twin.fails()) {
      for (Case one : ServerCases.ALL) {
        if (new Glob(glob).matches(one.address()) && !one.needs().contains(Need.TIME)) {
          return one;
        }
      }
    }
    throw new IllegalStateException("no case looks for " + twin);
  }

  static String page() {
    StringBuilder page = new StringBuilder(head());
    page.append(
        "\n## Case by case\n\n| case | level | broken servers that it looks for |\n|---|---|---|\n");
    for (Case one : ServerCases.ALL) {
      page.append("| `").append(one.address()).append("` | ").append(level(one)).append(" | ");
      page.append(twinsOf(one).stream().map(t -> code(t.name())).collect(Collectors.joining(", ")));
      page.append(" |\n");
    }
    page.append("\n## Server by server\n\n");
    page.append("| broken server | what it does wrong | where | must notice | others |\n");
    page.append("|---|---|---|---|---|\n");
    for (BrokenTwin twin : BrokenServers.ALL) {
      page.append("| `").append(twin.name()).append("` | ").append(twin.sentence()).append(" | ");
      page.append(twin.place()).append(" | ").append(code(address(twin))).append(" | ");
      page.append(twin.fails().stream().map(KillTable::code).collect(Collectors.joining(", ")));
      page.append(" |\n");
    }
    return page.toString();
  }

  private static String head() {
    return """
    # Which case catches which broken server

    A check that nothing fails proves nothing. Each of the %d conformance cases for servers is played against the
    reference server, which passes, and against servers that are wrong in one way, %d of them, until one does not: a
    MUST fails there, a SHOULD warns. `KillTableTest` plays each broken server with the case that must notice on every
    build, and in profile `lab` each case with the broken servers that it looks for until one is caught. It fails when a
    case has none, or a broken server gets by.

    Each runs by itself, for whoever tests a client or another checker; without a name the command lists them all:

    ```
    java -cp … dev.holdfast.scenarios.broken.BrokenServer NAME [PORT]
    ```

    A server is wrong in its *machine* when the rules of a session are bent, and on the *wire* when something in front
    of a sound server changes bytes. This page is written by

    ```
    %s
    ```
    """
        .formatted(ServerCases.ALL.size(), BrokenServers.ALL.size(), COMMAND);
  }

  private static String address(BrokenTwin twin) {
    return isWaitedFor(twin) ? "--slow" : firstOf(twin).address();
  }

  /** Whether only cases that wait for long can notice. */
  static boolean isWaitedFor(BrokenTwin twin) {
    return ServerCases.ALL.stream()
        .filter(c -> twin.isLookedForBy(c.address()))
        .allMatch(c -> c.needs().contains(Need.TIME));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String level(Case one) {
    return one.level().name().toLowerCase(Locale.ROOT);
  }
}
