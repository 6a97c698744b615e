package dev.holdfast.scenarios.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.SessionState;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What was reached counts under a fault from its first bite on; what could be met is on the list.
 */
class CoverageTest {
  private final Coverage coverage = new Coverage();

  @Test
  void faultCountsFromItsFirstBiteOn() {
    Mischief latency = Mischief.againstEverybody();
    latency.whenItBites(() -> coverage.began(FaultKind.LATENCY));
    woken();
    assertEquals(0, times("latency"));
    assertEquals(1, times("none"));
    latency.bit();
    latency.bit();
    woken();
    assertEquals(1, times("latency"));
    assertEquals(1, times("none"));
    coverage.ended(FaultKind.LATENCY);
    woken();
    assertEquals(1, times("latency"));
    assertEquals(2, times("none"));
  }

  @Test
  void holesOfEveryInputCanShow() {
    List<String> inputs =
        coverage.rows().stream().map(row -> row.side() + " " + row.input()).distinct().toList();
    for (String input :
        List.of(
            "client presence",
            "client echo",
            "client violation",
            "client other",
            "server pushed",
            "server recovered")) {
      assertTrue(inputs.contains(input), input);
    }
  }

  @Test
  void eachJudgeSaysOfHowManyStoriesItKnewAnything() {
    Swarm swarm = Swarm.reference();
    for (long seed = 1; seed <= 20; seed++) {
      assertEquals(null, swarm.play(StoryTeller.of(seed)), "seed " + seed);
    }
    for (Swarm.Say say : swarm.says()) {
      assertEquals(20, say.told() + say.unknown(), say::toString);
    }
    assertTrue(swarm.says().stream().anyMatch(say -> say.unknown() > 0), swarm.says()::toString);
    assertTrue(swarm.says().stream().anyMatch(say -> say.told() == 20), swarm.says()::toString);
  }

  private void woken() {
    coverage.server(SessionState.fresh("s1", "epoch"), new ServerInput.Woken());
  }

  private long times(String fault) {
    int column = Coverage.columns().indexOf(fault);
    return coverage.rows().stream()
        .filter(row -> row.side().equals("server") && row.input().equals("woken"))
        .mapToLong(row -> row.faults().get(column))
        .sum();
  }
}
