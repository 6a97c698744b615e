package dev.holdfast.scenarios.broken.client;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.scenarios.conformance.Clause;
import dev.holdfast.scenarios.conformance.Clauses;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.ClientCases;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every clause that binds a client has a case, or stands here with the reason why not. */
class ClientManifestTest {
  private static final Map<String, String> EXEMPT =
      new TreeMap<>(
          Map.of(
              "transport/compression-is-optional",
              "no case offers permessage-deflate: every one of them plays without it"));

  @Test
  void everyClauseOfAClientHasACase() {
    Set<String> judged = ClientCases.ALL.stream().map(ClientCase::clause).collect(toSet());
    List<String> without =
        Clauses.all().stream()
            .filter(c -> !c.side().equals("server") && !c.product() && !c.planned())
            .map(Clause::address)
            .filter(a -> !judged.contains(a) && !EXEMPT.containsKey(a))
            .toList();
    assertEquals(List.of(), without, "clauses that bind clients and have no case");
  }

  @Test
  void noExemptionOutlivesItsReason() {
    Set<String> judged = ClientCases.ALL.stream().map(ClientCase::clause).collect(toSet());
    Set<String> stale = new HashSet<>(EXEMPT.keySet());
    stale.retainAll(judged);
    assertEquals(Set.of(), stale, "exempt clauses that have a case");
    EXEMPT.keySet().forEach(Clauses::at);
  }

  @Test
  void everyCaseBindsAClient() {
    for (ClientCase one : ClientCases.ALL) {
      Clause clause = Clauses.at(one.clause());
      assertEquals(false, clause.side().equals("server"), one.address());
    }
    assertEquals(
        ClientCases.ALL.size(),
        ClientCases.ALL.stream().map(ClientCase::address).distinct().count());
  }
}
