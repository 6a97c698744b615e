package dev.holdfast.protocol.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class ClausesTest {
  private static final Set<String> KEYS =
      Set.of("address", "side", "levels", "capability", "needs", "product", "planned", "sentence");
  private static final Set<String> CAPABILITIES =
      Set.of("tokens", "cancel", "sync", "presence", "push");

  private final List<Clause> clauses = Clause.all();

  @Test
  void listsTheWholeProtocol() {
    assertTrue(clauses.size() >= 200, () -> "only " + clauses.size() + " clauses");
  }

  @Test
  void givesEachClauseAnAddressOfItsOwn() {
    assertEquals(List.of(), repeated(Clause::address));
  }

  @Test
  void saysNothingTwice() {
    assertEquals(List.of(), repeated(Clause::sentence));
  }

  @Test
  void addressesSayWhatTheyAreInASection() {
    assertNone(c -> !c.address().matches("[a-z]+/[a-z0-9]+(-[a-z0-9]+)*"));
  }

  @Test
  void keepsTheSectionsTogetherAndInTheirOrder() {
    List<String> used = new ArrayList<>();
    for (Clause clause : clauses) {
      if (used.isEmpty() || !used.getLast().equals(clause.section())) {
        used.add(clause.section());
      }
    }
    assertEquals(keys(Clause.file().path("sections")), used);
  }

  @Test
  void bindsSomebody() {
    assertNone(c -> !Set.of("server", "client", "both").contains(c.side()));
  }

  @Test
  void hasALevelInSomeProfile() {
    assertNone(c -> c.levels().isEmpty());
    assertNone(c -> !Set.of("core", "resume").containsAll(c.levels().keySet()));
    assertNone(c -> !Set.of("must", "should").containsAll(c.levels().values()));
  }

  @Test
  void coreDemandsNothingThatResumeOnlyRecommends() {
    assertNone(
        c -> "must".equals(c.levels().get("core")) && "should".equals(c.levels().get("resume")));
  }

  @Test
  void capabilitiesRideOnResumeInSectionsOfTheirOwn() {
    assertNone(c -> !c.capability().equals(CAPABILITIES.contains(c.section()) ? c.section() : ""));
    assertNone(c -> !c.capability().isEmpty() && !c.levels().keySet().equals(Set.of("resume")));
  }

  @Test
  void sentencesEnd() {
    assertNone(c -> !c.sentence().endsWith("."));
  }

  @Test
  void entriesHaveKnownKeysAndFlagsOnlyWhereTheySaySomething() {
    List<String> odd = new ArrayList<>();
    for (JsonNode entry : Clause.file().path("clauses")) {
      if (!KEYS.containsAll(keys(entry)) || idle(entry, "product") || idle(entry, "planned")) {
        odd.add(entry.path("address").asText());
      }
      assertEquals("audit", entry.path("needs").asText("audit"));
    }
    assertEquals(List.of(), odd);
  }

  private static boolean idle(JsonNode entry, String flag) {
    return entry.has(flag) && !entry.path(flag).booleanValue();
  }

  private static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private List<String> repeated(Function<Clause, String> what) {
    Set<String> seen = new HashSet<>();
    return clauses.stream().map(what).filter(value -> !seen.add(value)).toList();
  }

  private void assertNone(Predicate<Clause> wrong) {
    assertEquals(List.of(), clauses.stream().filter(wrong).map(Clause::address).toList());
  }
}
