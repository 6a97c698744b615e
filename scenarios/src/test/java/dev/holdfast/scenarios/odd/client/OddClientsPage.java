package dev.holdfast.scenarios.odd.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The odd clients, as a page of the docs. */
final class OddClientsPage {
  static final String COMMAND =
      "mvn -pl scenarios test -Dtest=OddClientsTest#pageIsUpToDate -Dodd_clients=write";

  private OddClientsPage() {}

  /** The page, wherever in the repository the tests were started. */
  static Path file() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("docs/protocol.md"))) {
        return at.resolve("docs/honest-oddities-clients.md");
      }
    }
    throw new IllegalStateException("no docs/protocol.md in " + start + " or above it");
  }

  static String written() throws IOException {
    return Files.exists(file()) ? Files.readString(file()) : "";
  }

  static String page() {
    StringBuilder page = new StringBuilder(head());
    page.append("\n| client | what is unusual | written in | warnings that are true |\n");
    page.append("|---|---|---|---|\n");
    for (OddClient odd : OddClients.ALL) {
      page.append("| `").append(odd.name()).append("` | ").append(odd.sentence()).append(" | ");
      page.append(odd.language()).append(" | ").append(warnings(odd)).append(" |\n");
    }
    return page.toString();
  }

  private static String warnings(OddClient odd) {
    return odd.warnings().entrySet().stream()
        .map(warning -> "`" + warning.getKey() + "`: " + warning.getValue())
        .collect(Collectors.joining("<br>"));
  }

  private static String head() {
    return """
    # Honest clients that are odd

    The counterpart of the [broken clients](client-kill-table.md): %d clients that keep every MUST of profile core in an
    unusual manner. `OddClientsTest` plays the conformance cases for clients against them and fails when one of them gets a
    failure, or a warning that is not listed here with its reason, or when fewer than four fifths of the cases that apply
    are judged. Three of them are played in every build, a tenth of the cases against all of them in profile `ci`, all
    cases against all of them in profile `lab`. Those in other languages need the example clients' packages, and are
    reported as not run where these are missing.

    This page is written by

    ```
    %s
    ```
    """
        .formatted(OddClients.ALL.size(), COMMAND);
  }
}
