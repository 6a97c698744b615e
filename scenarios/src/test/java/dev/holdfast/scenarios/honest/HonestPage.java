package dev.holdfast.scenarios.honest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Which odd servers there are, as a page of the docs. */
final class HonestPage {
  static final String COMMAND =
      "mvn -pl scenarios test -Dtest=OddServersTest#pageIsUpToDate -Dhonest_oddities=write";

  private HonestPage() {}

  /** The repository, wherever in it the tests were started. */
  static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("docs/protocol.md"))) {
        return at;
      }
    }
    throw new IllegalStateException("no docs/protocol.md in " + start + " or above it");
  }

  static Path file() {
    return root().resolve("docs/honest-oddities.md");
  }

  static String written() throws IOException {
    return Files.exists(file()) ? Files.readString(file()) : "";
  }

  static String page() throws IOException {
    Map<String, String> shares = Judged.shares();
    return Oddities.ALL.stream()
        .map(o -> row(o, shares.getOrDefault(o.name(), "")) + "\n")
        .collect(Collectors.joining("", head(), ""));
  }

  private static String row(Oddity o, String share) {
    String warnings =
        o.warnings().stream()
            .map(w -> "`" + w.glob() + "`: " + w.reason())
            .collect(Collectors.joining("; "));
    String place =
        switch (o.manner()) {
          case Oddity.Manner.Wire w -> "Java";
          case Oddity.Manner.Program p ->
              switch (p.language()) {
                case PYTHON -> "Python";
                case NODE -> "Node";
                case GO -> "Go";
              };
        };
    return String.join(
        " | ", "| `" + o.name() + "`", place, o.odd(), o.legitimate(), warnings, share + " |");
  }

  private static String head() {
    return """
    # Odd and honest: servers that must not be accused

    The counterpart of the [kill table](kill-table.md). Each of these %d servers keeps every MUST of core in an unusual
    manner. `OddServersTest` plays the conformance cases against them: not one MUST may fail, no SHOULD may warn that is
    not listed with it, and at least %d %% of the cases that apply are judged, not inconclusive. Three are played on
    every build, a tenth of all cases × servers in profile `ci`, all in profile `lab`.

    Those in Java stand in front of the reference server. The others are programs in
    [examples/odd-servers](../examples/odd-servers/README.md). Each runs by itself; without a name the command lists
    them all:

    ```
    java -cp … dev.holdfast.scenarios.honest.OddServer NAME [PORT]
    ```

    This page is written by

    ```
    %s
    ```

    The shares are of the last run in profile `lab` with `-Dhonest_oddities=measure`, of the cases that apply.

    | server | in | what is odd | why it is legitimate | true warnings | judged |
    |---|---|---|---|---|---|
    """
        .formatted(Oddities.ALL.size(), OddServersTest.JUDGED_PERCENT, COMMAND);
  }
}
