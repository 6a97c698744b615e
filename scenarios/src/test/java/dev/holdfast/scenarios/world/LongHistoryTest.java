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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All judges together read a history of 10,000 operations in a time that grows with it. */
class LongHistoryTest {
  private static final double MOST_CPU_SECONDS = 1;
  private static final int ROUNDS = 3;

  /**
   * A judge that compares all with all would need a hundred times as long for ten times as much.
   */
  private static final double MOST_GROWTH = 40;

  @Test
  void tenTimesAsManyOperationsTakeAboutTenTimesAsLong() {
    History whole = LongHistory.played();
    History tenth =
        History.of(
            whole.events().subList(0, whole.events().size() / 10), whole.terms(), whole.calm());
    assertEquals(List.of(), objections(whole));
    double wholeBest = Double.MAX_VALUE;
    double tenthBest = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      wholeBest = Math.min(wholeBest, cpuSeconds(whole));
      tenthBest = Math.min(tenthBest, cpuSeconds(tenth));
    }
    double growth = wholeBest / tenthBest;
    assertTrue(growth < MOST_GROWTH, () -> growth + " times as long");
  }

  /** The budget itself; a busy machine makes even CPU time longer. */
  @Tag("lab")
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
    List<String> unused = objections(history);
    return (threads.getCurrentThreadCpuTime() - began) / 1e9;
  }

  private static List<String> objections(History history) {
    List<String> objections = new ArrayList<>();
    for (Checker checker : Checkers.all()) {
      Checker.Judged judged = checker.judge(history);
      if (judged.truth() == Checker.Truth.FALSE) {
        objections.add(checker.name() + ": " + judged.evidence());
      }
    }
    return objections;
  }
}
