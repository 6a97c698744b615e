package dev.holdfast.scenarios.world;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.world.Swarm.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invented stories on the reference: nobody objects, and each story is worth its name. */
class SwarmTest {
  private static final long FIRST_SEED = Long.getLong("seed", 1);
  private static final int MOST_SHOWN = 20;

  @Test
  void referenceGivesNobodyCauseToObject() throws Exception {
    plays(Integer.getInteger("stories", 200));
  }

  @Test
  @Tag("ci")
  void fiftyThousandStoriesGiveNobodyCauseToObject() throws Exception {
    plays(50_000);
  }

  @Test
  @Tag("lab")
  void aMillionStoriesGiveNobodyCauseToObject() throws Exception {
    plays(1_000_000);
  }

  /** A world has one thread; there are as many worlds as processors. */
  private static void plays(int stories) throws Exception {
    System.out.println("swarm: seeds " + FIRST_SEED + " to " + (FIRST_SEED + stories - 1));
    int worlds = Runtime.getRuntime().availableProcessors();
    long began = System.nanoTime();
    try (ExecutorService processors = Executors.newFixedThreadPool(worlds)) {
      List<Future<Findings>> swarms = new ArrayList<>();
      for (int i = 0; i < worlds; i++) {
        long first = FIRST_SEED + i;
        swarms.add(processors.submit(() -> played(first, FIRST_SEED + stories, worlds)));
      }
      List<Violation> violations = new ArrayList<>();
      List<Long> thin = new ArrayList<>();
      for (Future<Findings> swarm : swarms) {
        violations.addAll(swarm.get().violations());
        thin.addAll(swarm.get().thin());
      }
      assertAll(
          () -> assertEquals(List.of(), violations, "what somebody objects to"),
          () -> assertEquals(List.of(), thin, "seeds of stories that say too little"));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT, "%d stories, %d worlds: %.0f a second%n", stories, worlds, stories / seconds);
  }

  private record Findings(List<Violation> violations, List<Long> thin) {}

  /** What somebody objects to; a hunt goes on behind the first, up to a few. */
  private static Findings played(long first, long end, int step) {
    Swarm swarm = Swarm.reference();
    List<Violation> violations = new ArrayList<>();
    for (long seed = first; seed < end && violations.size() < MOST_SHOWN; seed += step) {
      Violation violation = swarm.play(StoryTeller.of(seed));
      if (violation != null) {
        violations.add(violation);
      }
    }
    return new Findings(violations, swarm.thinStories());
  }

  /** Stories in which a judge was wrong once, or that said too little: each was mended. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        85_325, 93_075, 117_977, 157_383, 158_308, 166_184, 246_051, 310_669, 315_739, 352_982,
        359_953, 909_145
      })
  void whatWentWrongOnceGoesRight(long seed) {
    Swarm swarm = Swarm.reference();
    assertNull(swarm.play(StoryTeller.of(seed)));
    assertEquals(List.of(), swarm.thinStories());
  }

  @Test
  void storyHasPeopleMessagesAFaultAndAHundredFrames() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 50; seed++) {
      Story story = StoryTeller.of(seed);
      assertTrue(story.people().size() >= 2, "seed " + seed);
      long messages =
          story.people().stream()
              .flatMap(p -> p.deeds().stream())
              .filter(Story.Deed.Say.class::isInstance)
              .count();
      assertTrue(messages >= 5, "seed " + seed + " has " + messages + " messages");
      assertTrue(!story.faults().isEmpty(), "seed " + seed);
    }
  }

  /** What judges take for the run without faults is what that run shows. */
  @Test
  void withoutFaultsEverythingEndsAsTheAgentMeansIt() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 50; seed++) {
      Story story = StoryTeller.of(seed);
      Story calm =
          new Story(seed, story.profile(), story.ground(), story.people(), List.of(), false);
      EventChronicle chronicle = new EventChronicle();
      StoryRun run = play(calm, chronicle);
      History history = History.of(chronicle.events(), run.terms(), run.calm());
      assertEquals(0, run.faultsThatStruck());
      for (var checker : dev.holdfast.scenarios.check.Checkers.all()) {
        var judged = checker.judge(history);
        assertTrue(
            judged.truth() != dev.holdfast.scenarios.check.Checker.Truth.FALSE,
            checker.name() + " at seed " + seed + ": " + judged.evidence());
      }
    }
  }

  /** A shrinker leaves out one thing after the other: what is left is a story still. */
  @Test
  void anythingCanBeLeftOut() {
    Story story = StoryTeller.of(FIRST_SEED);
    for (int i = 0; i < story.people().size(); i++) {
      List<Story.Person> people = new ArrayList<>(story.people());
      people.remove(i);
      var chronicle = new EventChronicle();
      StoryRun run =
          play(
              new Story(
                  story.seed(), story.profile(), story.ground(), people, story.faults(), false),
              chronicle);
      assertTrue(run.frames() > 0);
    }
  }

  private static StoryRun play(Story story, Chronicle chronicle) {
    return new StoryRun(
            story,
            dev.holdfast.protocol.client.ClientMachine::new,
            dev.holdfast.protocol.server.SessionMachine::new,
            new Repertoire(),
            chronicle,
            null)
        .play();
  }

  @Test
  void sameSeedGivesTheSameTrace() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 20; seed++) {
      Story story = StoryTeller.of(seed);
      assertEquals(Swarm.reference().trace(story), Swarm.reference().trace(story));
    }
  }
}
