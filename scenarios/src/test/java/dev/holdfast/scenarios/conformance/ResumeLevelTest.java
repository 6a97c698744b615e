package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Glob;
import dev.holdfast.report.result.Level;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** For a server of profile resume, what MUST hold there is played at that level. */
class ResumeLevelTest {
  private static final Set<String> PLAYED =
      ServerCases.of(Profile.RESUME).stream()
          .filter(c -> c.profile() == Profile.RESUME)
          .map(Case::clause)
          .collect(Collectors.toSet());

  @Test
  void everyClauseThatMustHoldInResumeIsPlayedInResume() {
    List<String> missing =
        Manifest.clauses().stream()
            .filter(c -> c.level(Profile.RESUME) == Level.MUST)
            .map(Clause::address)
            .filter(c -> !PLAYED.contains(c))
            .filter(c -> !Manifest.EXEMPT.containsKey(c) && !InResume.LEFT_OUT.containsKey(c))
            .toList();
    assertEquals(List.of(), missing, "clauses that are MUST in resume and played in core only");
  }

  @Test
  void everyReasonIsForACaseThatExists() {
    for (String glob : InResume.LEFT_OUT.keySet()) {
      assertTrue(
          ServerCases.ALL.stream().anyMatch(c -> new Glob(glob).matches(c.address())),
          glob + " fits no case");
    }
  }

  @Test
  void aCaseIsPlayedOnceForAServerOfProfileResume() {
    List<String> addresses =
        ServerCases.of(Profile.RESUME).stream().map(c -> c.address() + " " + c.profile()).toList();
    assertEquals(addresses.size(), Set.copyOf(addresses).size());
    assertEquals(ServerCases.ALL.size(), addresses.size());
  }
}
