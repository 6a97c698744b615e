package dev.holdfast.protocol.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.rules.Rule;
import dev.holdfast.protocol.rules.Rules;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.SessionMachine;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each broken twin fails a rule of each clause that it violates. */
final class TwinsTest {
  /** Clauses that no message between two cores can break, and where they are looked at instead. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "resume/client-id-is-one-a-tab", "the shell draws it",
          "resume/token-compared-in-constant-time", "cannot be seen; Digest.sameSecret",
          "resume/token-never-in-a-url", "the core has no URL: ClientOutput.Open carries no token",
          "resume/new-epoch-closes-others-4003", "our epochs begin with the process: no others",
          "resume/lagging-store-starts-an-epoch", "the store decides it",
          "push/needs-the-admin", "the shell's door: AdminGate");

  static List<Twin> twins() {
    return Twins.ALL;
  }

  @ParameterizedTest
  @MethodSource("twins")
  void isCaughtByARuleOfEachClauseThatItViolates(Twin twin) {
    for (String clause : twin.clauses()) {
      List<Rule> rules =
          Rules.ALL.stream()
              .filter(r -> r.clause().equals(clause) && r.ofServer() == twin.ofServer())
              .toList();
      assertTrue(
          rules.stream().anyMatch(rule -> fails(rule, twin)),
          () -> twin + " passes all " + rules.size() + " rules of " + clause);
    }
  }

  private static boolean fails(Rule rule, Twin twin) {
    try {
      if (twin.ofServer()) {
        rule.checkServer(twin.bendServer(new SessionMachine(ServerConfig.STANDARD)));
      } else {
        rule.checkClient(twin.bendClient(new ClientMachine(ClientConfig.TOGETHER)));
      }
      return false;
    } catch (AssertionError | RuntimeException caught) {
      return true;
    }
  }

  @Test
  void everyClauseOfResumeAndItsCapabilitiesHasARuleAndATwin() throws IOException {
    Set<String> ruled = new HashSet<>();
    Rules.ALL.forEach(rule -> ruled.add(side(rule.ofServer()) + " " + rule.clause()));
    Set<String> twinned = new HashSet<>();
    Twins.ALL.forEach(twin ->
        twin.clauses().forEach(clause -> twinned.add(side(twin.ofServer()) + " " + clause)));
    List<String> missing = new ArrayList<>();
    for (String clause : demanded()) {
      if (!ruled.contains(clause)) {
        missing.add("no rule for " + clause);
      }
      if (!twinned.contains(clause)) {
        missing.add("no twin for " + clause);
      }
    }
    assertEquals(List.of(), missing);
  }

  private static List<String> demanded() throws IOException {
    List<String> demanded = new ArrayList<>();
    try (InputStream file = TwinsTest.class.getResourceAsStream("/clauses.yaml")) {
      for (JsonNode clause : new YAMLMapper().readTree(file).path("clauses")) {
        String address = clause.path("address").asText();
        boolean ours = address.matches("(resume|tokens|cancel|sync|presence|push)/.*");
        boolean must = clause.path("levels").path("resume").asText().equals("must");
        if (ours && must && !ELSEWHERE.containsKey(address)) {
          String side = clause.path("side").asText();
          for (String one : side.equals("both") ? List.of("server", "client") : List.of(side)) {
            demanded.add(one + " " + address);
          }
        }
      }
    }
    return demanded;
  }

  private static String side(boolean server) {
    return server ? "server" : "client";
  }

  @Test
  void namesAreTheirOwn() {
    assertEquals(
        Twins.EVERY.size(),
        Twins.EVERY.stream().map(t -> side(t.ofServer()) + t.name()).distinct().count());
  }

  @Test
  void clausesOfEveryTwinExist() throws IOException {
    Set<String> known = new HashSet<>();
    try (InputStream file = TwinsTest.class.getResourceAsStream("/clauses.yaml")) {
      for (JsonNode clause : new YAMLMapper().readTree(file).path("clauses")) {
        known.add(clause.path("address").asText());
      }
    }
    for (Twin twin : Twins.EVERY) {
      assertTrue(known.containsAll(twin.clauses()), () -> twin + " of " + twin.clauses());
    }
  }
}
