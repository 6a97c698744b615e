package dev.holdfast.scenarios.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.broken.Twin;
import dev.holdfast.protocol.broken.Twins;
import dev.holdfast.scenarios.explore.Halves;
import dev.holdfast.scenarios.explore.Shrunk;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The story of each twin shrinks to a few people, messages and faults, as the page says. */
class ShrunkTwinsTest {
  private static final int TENTH = 10;

  @Test
  @Tag("lab")
  void everyStoryIsSmall() throws IOException {
    String page = SmallStories.page();
    if ("write".equals(System.getProperty("small_stories"))) {
      Files.writeString(SmallStories.file(), page);
    }
    assertEquals(Files.readString(SmallStories.file()), page, SmallStories.COMMAND);
    check(0, 1);
  }

  @Test
  @Tag("ci")
  void aTenthOfTheStoriesIsAsSmallAsThePageSays() throws IOException {
    int first = Integer.getInteger("tenth", (int) (System.nanoTime() / 1_000 % TENTH));
    System.out.println("small stories: -Dtenth=" + first);
    check(first, TENTH);
  }

  @Test
  void thePageHasEveryTwinThatIsCaught() throws IOException {
    assertEquals(TwinTable.written().keySet(), SmallStories.written().keySet());
  }

  private static void check(int first, int step) throws IOException {
    Map<String, Long> seeds = SmallStories.seeds();
    Map<String, String> rows = SmallStories.written();
    List<String> wrong = new ArrayList<>();
    for (int i = first; i < Twins.EVERY.size(); i += step) {
      Twin twin = Twins.EVERY.get(i);
      String name = Halves.name(twin);
      Long seed = seeds.get(name);
      if (seed == null) {
        continue;
      }
      Shrunk shrunk = SmallStories.shrunk(twin, seed);
      boolean small = SmallStories.small(shrunk) || SmallStories.NEED_MANY.containsKey(name);
      if (!small || !shrunk.minimal() || !SmallStories.rest(twin, shrunk).equals(rows.get(name))) {
        wrong.add(name + ": " + shrunk.size() + (shrunk.minimal() ? "" : ", not minimal"));
      }
    }
    assertEquals(List.of(), wrong, "stale or too big; " + SmallStories.COMMAND);
  }
}
