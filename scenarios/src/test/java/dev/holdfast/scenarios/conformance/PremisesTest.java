package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.check.Checker;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.Measure;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.ClientCases;
import dev.holdfast.scenarios.model.Drill;
import dev.holdfast.scenarios.model.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All that judges states what must have happened before it does, and a page lists it. */
class PremisesTest {
  private static final String COMMAND =
      "mvn -pl scenarios test -Dtest=PremisesTest -Dpremises=write";

  @Test
  void everyCaseStatesItsPremise() {
    Stream<String> without =
        Stream.concat(
            ServerCases.ALL.stream().filter(c -> c.premise().isBlank()).map(Case::address),
            ClientCases.ALL.stream().filter(c -> c.premise().isBlank()).map(ClientCase::address));
    assertEquals(List.of(), without.toList(), "cases without a premise");
  }

  @Test
  void pageIsUpToDate() throws IOException {
    if ("write".equals(System.getProperty("premises"))) {
      Files.writeString(file(), page());
    }
    String written = Files.exists(file()) ? Files.readString(file()) : "";
    assertEquals(page(), written, "docs/premises.md is stale; " + COMMAND);
  }

  private static Path file() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("docs/protocol.md"))) {
        return at.resolve("docs/premises.md");
      }
    }
    throw new IllegalStateException("no docs/protocol.md in " + start + " or above it");
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # What must have happened before anything is judged

            A case judges the target only in the situation that its clause speaks of, and so do scenarios, checkers
            and drills. It proves from the trace that the situation arose. Without its premise a case never passes,
            warns or fails: it is *not applicable* where
            the target's own way of answering excludes the situation, and *inconclusive* otherwise. This page is
            written by

            ```
            %s
            ```

            ## Cases for servers

            | case | profile | premise |
            |---|---|---|
            """
                .formatted(COMMAND));
    for (Case one : ServerCases.ALL) {
      row(page, one.address(), one.profile().word(), one.premise());
    }
    page.append("\n## Cases for clients\n\n| case | premise |\n|---|---|\n");
    for (ClientCase one : ClientCases.ALL) {
      row(page, one.address(), one.premise());
    }
    scenarios(page);
    page.append("\n## Checkers of histories\n\n| checker | premise |\n|---|---|\n");
    for (Checker one : Checkers.all()) {
      row(page, one.name(), one.premise());
    }
    page.append("\n## Rollout, load and audit\n\n| finding | premise |\n|---|---|\n");
    for (Drill one : Drill.ALL) {
      row(page, one.address(), one.premise());
    }
    return page.toString();
  }

  private static void scenarios(StringBuilder page) {
    page.append("\n## Scenarios\n\nA scenario with `every_fault_fired` needs all its faults to");
    page.append(" have struck, too. The numbers are what its history must show at least.\n\n");
    page.append("| scenario | profile | premise | proven by |\n|---|---|---|---|\n");
    for (Scenario one : ChaosScenarios.ALL) {
      Profile only = one.profile();
      String needs =
          one.premise().needs().entrySet().stream()
              .map(need -> "`" + need.getKey() + "` " + need.getValue())
              .collect(Collectors.joining(", "));
      row(
          page,
          one.name(),
          only == null ? "both" : only.word(),
          one.premise().says(),
          needs.isEmpty() ? "`every_fault_fired`" : needs);
    }
    page.append("\n| what is counted | |\n|---|---|\n");
    for (Measure measure : Measure.values()) {
      row(page, measure.word(), measure.sentence());
    }
  }

  private static void row(StringBuilder page, String address, String... cells) {
    page.append("| `").append(address).append("` | ");
    page.append(String.join(" | ", cells)).append(" |\n");
  }
}
