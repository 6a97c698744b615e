package dev.holdfast.scenarios.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.scenarios.world.Story;
import dev.holdfast.scenarios.world.StoryTeller;
import dev.holdfast.scenarios.world.Swarm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shrinker leaves fails, is minimal by somebody else's count, and is always the same. */
class ShrinkerTest {
  private static final String REORDERS = "server/replay-lacks-the-first";

  @ParameterizedTest
  @CsvSource({REORDERS + ",1", "server/deaf-after-a-replay,1"})
  void withoutAnyOneElementNobodyObjects(String twin, long seed) {
    Swarm swarm = Halves.named(twin);
    Shrunk shrunk = new Shrinker(swarm).shrink(StoryTeller.of(seed));
    assertTrue(shrunk.minimal());
    assertNotNull(swarm.play(shrunk.story()), shrunk::size);
    for (Story less : Parts.without(shrunk.story())) {
      assertNull(swarm.play(less), () -> "still fails: " + less);
    }
    for (Story rounder : Plainer.than(shrunk.story())) {
      assertNull(swarm.play(rounder), () -> "still fails: " + rounder);
    }
  }

  @Test
  void sameStoryShrinksToTheSame() {
    Swarm swarm = Halves.named("server/deaf-after-a-replay");
    Shrunk one = new Shrinker(swarm).shrink(StoryTeller.of(1));
    Shrunk other = new Shrinker(swarm).shrink(StoryTeller.of(1));
    assertEquals(one, other);
  }

  @Test
  void effortIsBounded() {
    Shrunk shrunk = new Shrinker(Halves.named(REORDERS), 5).shrink(StoryTeller.of(1));
    assertEquals(5, shrunk.plays());
    assertFalse(shrunk.minimal());
  }

  @Test
  void soundStoryIsNoWork() {
    Shrinker shrinker = new Shrinker(Halves.reference());
    assertThrows(IllegalArgumentException.class, () -> shrinker.shrink(StoryTeller.of(1)));
  }

  @ParameterizedTest
  @CsvSource({"7,0", "0,''", "1873,'0 1000 1800 1870'", "-15,'0 -10'", "2000,0"})
  void rounderNumbersKeepFewerDigits(long number, String expected) {
    String found = String.join(" ", Rounder.than(number).stream().map(String::valueOf).toList());
    assertEquals(expected, found);
  }
}
