package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Level;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clauses as cases use them. */
class ClausesTest {

  @Test
  void readsAClauseWhole() {
    Clause clause = Clauses.at("envelope/never-deaf");
    assertEquals(Level.MUST, clause.level(Profile.CORE));
    assertTrue(clause.sentence().endsWith("."));
    assertNull(clause.capability());
  }

  @Test
  void knowsWhoIsNotBound() {
    assertNull(Clauses.at("resume/hello-comes-first").level(Profile.CORE));
    assertEquals(Level.MUST, Clauses.at("resume/hello-comes-first").level(Profile.RESUME));
  }

  @Test
  void namesWhatIsMissing() {
    assertThrows(IllegalArgumentException.class, () -> Clauses.at("envelope/never-def"));
  }

  @Test
  void everyCaseJudgesAServerClauseOfItsProfile() {
    Set<String> addresses = new HashSet<>();
    for (Case one : ServerCases.ALL) {
      Clause clause = Clauses.at(one.clause());
      assertTrue(addresses.add(one.address() + one.profile()), one.address() + " is there twice");
      assertTrue(one.address().startsWith(one.clause()), one.address() + " under " + one.clause());
      assertTrue(!clause.side().equals("client"), one.address() + " binds clients");
      assertTrue(clause.level(one.profile()) != null, one.address() + " does not bind");
      boolean declared = one.needs().contains(Need.AUDIT);
      assertTrue(!clause.planned(), one.address() + " is planned");
      assertTrue(!clause.product() || declared, one.address() + " is product");
      assertTrue(one.cause().endsWith("."), one.address() + " has no likely cause");
    }
  }
}
