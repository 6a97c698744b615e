package dev.holdfast.scenarios.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.scenarios.check.Checker;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.Fact;
import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.world.Story.Deed;
import dev.holdfast.scenarios.world.Story.Ill;
import dev.holdfast.scenarios.world.Story.Person;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All judges together read a history of 10,000 operations in about the time of reading it. */
class LongHistoryTest {
  private static final int MESSAGES_EACH = 5_000;
  private static final long APART_MS = 50;

  /** The goal is one second; this leaves room for a machine with other things to do. */
  private static final double MOST_CPU_SECONDS = 5;

  @Test
  void tenThousandOperationsAreJudgedInSeconds() {
    History history = twoPeopleTalk();
    long operations = history.events().stream().filter(e -> e.fact() instanceof Fact.Said).count();
    assertEquals(2 * MESSAGES_EACH, operations);
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      best = Math.min(best, cpuSeconds(history));
    }
    System.out.printf(
        "%d operations, %d events, %d judges: %.2f s of CPU%n",
        operations, history.events().size(), Checkers.all().size(), best);
    double took = best;
    assertTrue(took < MOST_CPU_SECONDS, () -> took + " s");
  }

  private static double cpuSeconds(History read) {
    History history = History.of(read.events(), read.terms(), read.calm());
    var threads = ManagementFactory.getThreadMXBean();
    long began = threads.getCurrentThreadCpuTime();
    for (Checker checker : Checkers.all()) {
      assertNotEquals(
          Checker.Truth.FALSE, checker.judge(history).truth(), () -> checker.name() + " objects");
    }
    return (threads.getCurrentThreadCpuTime() - began) / 1e9;
  }

  private static History twoPeopleTalk() {
    Story some = StoryTeller.of(1);
    Story.Ground g = some.ground();
    Story.Ground calm =
        new Story.Ground(
            1, "keeps", 2, 0, 0, 1_000, 50, 400, 30, 10, 30_000, 10_000, 100, 100, false, 120_000,
            1_000, 120_000, 128);
    assertNotEquals(g, calm);
    List<Ill> cuts = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      cuts.add(new Ill(FaultKind.RST, i * 10_000L, 0, -1, 0));
    }
    List<Person> people = List.of(person("ana"), person("bob"));
    Story story = new Story(7, dev.holdfast.protocol.Profile.RESUME, calm, people, cuts, false);
    EventChronicle chronicle = new EventChronicle();
    StoryRun run =
        new StoryRun(
                story, ClientMachine::new, SessionMachine::new, new Repertoire(), chronicle, null)
            .play();
    return History.of(chronicle.events(), run.terms(), run.calm());
  }

  private static Person person(String name) {
    List<Deed> deeds = new ArrayList<>();
    for (int i = 0; i < MESSAGES_EACH; i++) {
      deeds.add(new Deed.Say(i * APART_MS, "#agent tools=0 tokens=0\nhi"));
    }
    return new Person(name, "s-" + name, deeds);
  }
}
