package dev.holdfast.scenarios.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.scenarios.check.Checker;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.Fact;
import dev.holdfast.scenarios.check.History;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All judges together read a history of 10,000 operations in less than a second of CPU. */
class LongHistoryTest {
  private static final double MOST_CPU_SECONDS = 1;
  private static final int ROUNDS = 3;

  @Test
  void tenThousandOperationsAreJudgedInASecond() {
    History history = LongHistory.played();
    long operations = history.events().stream().filter(e -> e.fact() instanceof Fact.Said).count();
    assertEquals(LongHistory.OPERATIONS, operations);
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      best = Math.min(best, cpuSeconds(history));
    }
    System.out.printf(
        "%d operations, %d events, %d judges: %.2f s of CPU%n",
        operations, history.events().size(), Checkers.all().size(), best);
    double took = best;
    assertTrue(took < MOST_CPU_SECONDS, () -> took + " s");
  }

  /** A judge that has nothing to look at costs nothing and proves nothing. */
  @Test
  void judgesOfToolsAndOfSharedSessionsHaveWorkToDo() {
    History history = LongHistory.played();
    for (String name : List.of("tools_once", "same_transcript", "positions", "delivery")) {
      assertEquals(Checker.Truth.TRUE, Checkers.named(name).judge(history).truth(), name);
    }
  }

  private static double cpuSeconds(History read) {
    History history = History.of(read.events(), read.terms(), read.calm());
    var threads = ManagementFactory.getThreadMXBean();
    long began = threads.getCurrentThreadCpuTime();
    List<String> object = new ArrayList<>();
    for (Checker checker : Checkers.all()) {
      Checker.Judged judged = checker.judge(history);
      if (judged.truth() == Checker.Truth.FALSE) {
        object.add(checker.name() + ": " + judged.evidence());
      }
    }
    double took = (threads.getCurrentThreadCpuTime() - began) / 1e9;
    assertEquals(List.of(), object);
    return took;
  }
}
