package dev.holdfast.scenarios.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.broken.Twin;
import dev.holdfast.protocol.broken.Twins;
import dev.holdfast.scenarios.explore.Halves;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every twin that stories can reach is caught by one; what is out of reach says why. */
class TwinHuntTest {

  @Test
  void thePageNamesEveryTwin() throws IOException {
    if ("write".equals(System.getProperty("twins"))) {
      Files.writeString(TwinTable.file(), TwinTable.page());
    }
    Set<String> named = new TreeSet<>(TwinTable.written().keySet());
    named.addAll(Unreached.REASONS.keySet());
    Set<String> all = new TreeSet<>(Twins.EVERY.stream().map(Halves::name).toList());
    assertEquals(all, named, "docs/twins.md is stale; " + TwinTable.COMMAND);
    assertTrue(TwinTable.written().size() >= 60, "too few twins are caught");
  }

  /** One story each: the one that the page names. */
  @Test
  void theStoryOnThePageCatchesItsTwin() throws IOException {
    Map<String, Long> seeds = TwinTable.written();
    List<String> gotBy = new ArrayList<>();
    for (Twin twin : Twins.EVERY) {
      Long seed = seeds.get(Halves.name(twin));
      if (seed != null && Halves.with(twin).play(StoryTeller.of(seed)) == null) {
        gotBy.add(Halves.name(twin) + " at seed " + seed);
      }
    }
    assertEquals(List.of(), gotBy, "docs/twins.md is stale; " + TwinTable.COMMAND);
  }

  /** The hunt itself, without being told where to look. */
  @Test
  @Tag("lab")
  void everyTwinWithinReachIsHuntedDown() {
    List<String> gotBy = new ArrayList<>();
    for (Twin twin : Twins.EVERY) {
      boolean reachable = !Unreached.REASONS.containsKey(Halves.name(twin));
      if (reachable && TwinTable.hunt(twin, TwinTable.MOST_SEEDS) == null) {
        gotBy.add(Halves.name(twin));
      }
    }
    assertEquals(List.of(), gotBy, "twins that got by");
  }

  @Test
  void reasonsAreGivenForTwinsThatExist() {
    Set<String> all = new HashSet<>(Twins.EVERY.stream().map(Halves::name).toList());
    assertTrue(all.containsAll(Unreached.REASONS.keySet()));
  }
}
