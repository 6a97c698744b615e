package dev.holdfast.scenarios.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.world.Swarm.Violation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Invented stories on the reference: nobody objects, and each story is worth its name. */
class SwarmTest {
  private static final long FIRST_SEED = Long.getLong("seed", 1);

  @Test
  void referenceGivesNobodyCauseToObject() {
    plays(Integer.getInteger("stories", 200));
  }

  @Test
  @Tag("ci")
  void fiveThousandStoriesGiveNobodyCauseToObject() {
    plays(5_000);
  }

  @Test
  @Tag("lab")
  void aMillionStoriesGiveNobodyCauseToObject() {
    plays(1_000_000);
  }

  private static void plays(int stories) {
    System.out.println("swarm: seeds " + FIRST_SEED + " to " + (FIRST_SEED + stories - 1));
    Swarm swarm = Swarm.reference();
    List<Violation> violations = new ArrayList<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + stories && violations.size() < 5; seed++) {
      Violation violation = swarm.play(StoryTeller.of(seed));
      if (violation != null) {
        violations.add(violation);
      }
    }
    assertEquals(List.of(), violations);
    assertEquals(0, swarm.thinStories(), "stories that say too little");
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
