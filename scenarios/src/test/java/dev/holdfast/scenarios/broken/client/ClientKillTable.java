package dev.holdfast.scenarios.broken.client;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Level;
import dev.holdfast.scenarios.conformance.Clause;
import dev.holdfast.scenarios.conformance.Clauses;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.ClientCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which case catches which broken client, as a page of the docs. */
final class ClientKillTable {
  static final String COMMAND =
      "mvn -pl scenarios test -Dtest=ClientKillTableTest#pageIsUpToDate -Dkill_table=write";

  private ClientKillTable() {}

  /** The page, wherever in the repository the tests were started. */
  static Path file() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("docs/protocol.md"))) {
        return at.resolve("docs/client-kill-table.md");
      }
    }
    throw new IllegalStateException("no docs/protocol.md in " + start + " or above it");
  }

  static String written() throws IOException {
    return Files.exists(file()) ? Files.readString(file()) : "";
  }

  /** The twins that a case must fail. */
  static List<ClientTwin> twinsOf(ClientCase one) {
    return ClientTwins.ALL.stream().filter(t -> t.fails().contains(one.address())).toList();
  }

  static String page() {
    StringBuilder page = new StringBuilder(head());
    page.append("\n## Case by case\n\n| case | core | resume | broken clients that it fails |\n");
    page.append("|---|---|---|---|\n");
    for (ClientCase one : ClientCases.ALL) {
      page.append("| `").append(one.address()).append("` | ");
      page.append(level(one, Profile.CORE)).append(" | ");
      page.append(level(one, Profile.RESUME)).append(" | ");
      page.append(twinsOf(one).stream().map(t -> code(t.name())).collect(Collectors.joining(", ")));
      page.append(" |\n");
    }
    page.append("\n## Client by client\n\n");
    page.append("| broken client | what it does wrong | speaks | where | cases that notice |\n");
    page.append("|---|---|---|---|---|\n");
    for (ClientTwin twin : ClientTwins.ALL) {
      page.append("| `").append(twin.name()).append("` | ").append(twin.sentence()).append(" | ");
      page.append(twin.profile().word()).append(" | ").append(twin.place()).append(" | ");
      page.append(
          twin.fails().stream().map(ClientKillTable::code).collect(Collectors.joining(", ")));
      page.append(" |\n");
    }
    return page.toString();
  }

  private static String head() {
    return """
    # Which case catches which broken client

    Each of the %d conformance cases for clients is played against the reference client, which passes in the profiles
    that it binds, and against at least one of %d clients that are wrong in one way, which must not: a MUST fails there,
    a SHOULD warns. `ClientKillTableTest` plays them all and fails when a case has no broken client, or a broken client
    gets by. What gets by in the crowd is played again alone, up to twice, and counts as caught when it is caught then:
    a crowded machine bends delays. How many needed that is printed.

    Each is a program that speaks the [adapter protocol](client-adapter.md), for whoever tests another checker; without a
    name the command lists them all:

    ```
    java -cp … dev.holdfast.scenarios.broken.client.BrokenClient NAME
    ```

    A client is wrong in its *core* when its rules are bent, on the *wire* when something between a sound client and the
    server changes what passes, and towards its *application* when it tells of it wrongly. This page is written by

    ```
    %s
    ```
    """
        .formatted(ClientCases.ALL.size(), ClientTwins.ALL.size(), COMMAND);
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String level(ClientCase one, Profile profile) {
    Clause clause = Clauses.at(one.clause());
    Level level = clause.level(profile);
    return level == null ? "–" : level.name().toLowerCase(Locale.ROOT);
  }
}
