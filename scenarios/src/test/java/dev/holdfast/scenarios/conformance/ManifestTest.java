package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every clause that binds servers has a case or a reason for having none, and the page says so. */
class ManifestTest {

  @Test
  void everyClauseHasACaseOrAReason() {
    List<String> gaps = new ArrayList<>();
    for (Clause clause : Manifest.clauses()) {
      boolean judged = !Manifest.casesOf(clause).isEmpty();
      boolean excused = Manifest.EXEMPT.containsKey(clause.address());
      if (!judged && !excused) {
        gaps.add("no case for " + clause.address());
      }
      if (judged && excused) {
        gaps.add("a case and a reason for none: " + clause.address());
      }
    }
    assertEquals(List.of(), gaps);
  }

  @Test
  void everyReasonIsForAClauseThatBindsServers() {
    List<String> addresses = Manifest.clauses().stream().map(Clause::address).toList();
    for (String exempt : Manifest.EXEMPT.keySet()) {
      assertTrue(addresses.contains(exempt), exempt + " is no clause of a server");
    }
  }

  @Test
  void thereAreManyCases() {
    assertTrue(ServerCases.ALL.size() >= 150, () -> ServerCases.ALL.size() + " cases");
  }

  @Test
  void pageIsUpToDate() throws IOException {
    Path start = Path.of("").toAbsolutePath();
    Path at = start;
    while (at != null && !Files.isRegularFile(at.resolve("docs/protocol.md"))) {
      at = at.getParent();
    }
    Path page =
        Objects.requireNonNull(at, "no docs/protocol.md above " + start)
            .resolve("docs/conformance-manifest.md");
    if ("write".equals(System.getProperty("manifest"))) {
      Files.writeString(page, Manifest.page());
    }
    String written = Files.exists(page) ? Files.readString(page) : "";
    assertEquals(Manifest.page(), written, "docs/conformance-manifest.md is stale");
  }
}
