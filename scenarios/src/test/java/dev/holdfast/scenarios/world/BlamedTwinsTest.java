package dev.holdfast.scenarios.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.broken.Twin;
import dev.holdfast.protocol.broken.Twins;
import dev.holdfast.report.result.Blame;
import dev.holdfast.report.result.Culprit;
import dev.holdfast.scenarios.explore.Halves;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The story that catches a twin names the half that is wrong, or nobody: never the sound one. */
class BlamedTwinsTest {

  private static final int EACH = 8;

  @Test
  void soundHalfIsNeverBlamedInASample() throws IOException {
    blamesTheRightHalf(EACH);
  }

  @Test
  @Tag("lab")
  void soundHalfIsNeverBlamed() throws IOException {
    blamesTheRightHalf(1);
  }

  private static void blamesTheRightHalf(int each) throws IOException {
    Map<String, Long> seeds = TwinTable.written();
    List<String> wrongly = new ArrayList<>();
    int rightly = 0;
    int blamed = 0;
    for (int i = 0; i < Twins.EVERY.size(); i += each) {
      Twin twin = Twins.EVERY.get(i);
      Long seed = seeds.get(Halves.name(twin));
      Blame blame = seed == null ? null : Halves.with(twin).blame(StoryTeller.of(seed));
      if (blame == null) {
        continue;
      }
      blamed++;
      Culprit half = twin.ofServer() ? Culprit.SERVER : Culprit.CLIENT;
      Culprit sound = twin.ofServer() ? Culprit.CLIENT : Culprit.SERVER;
      rightly += blame.culprit() == half ? 1 : 0;
      if (blame.culprit() == sound) {
        wrongly.add(Halves.name(twin) + " at seed " + seed + ": " + blame.sentence());
      }
      if (blame.culprit() != half) {
        System.out.println(Halves.name(twin) + " at seed " + seed + ": " + blame.sentence());
      }
    }
    System.out.println(rightly + " of " + blamed + " twins are blamed, none wrongly");
    assertEquals(List.of(), wrongly);
    assertTrue(rightly * 10 >= blamed * 7, "only " + rightly + " of " + blamed);
  }

  @Test
  void referenceIsBlamedForNothing() {
    for (long seed = 1; seed <= 20; seed++) {
      assertEquals(null, Halves.reference().blame(StoryTeller.of(seed)), "seed " + seed);
    }
  }
}
