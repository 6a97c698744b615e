package dev.holdfast.scenarios.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.scenarios.load.ScenarioError;
import dev.holdfast.scenarios.load.ScenarioReader;
import dev.holdfast.scenarios.world.Story;
import dev.holdfast.scenarios.world.Story.Deed;
import dev.holdfast.scenarios.world.StoryTeller;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A story written as a scenario and read back is the same story, and plays to the byte. */
class StoryYamlTest {

  @Test
  void storyComesBackAsItWas() {
    for (long seed = 1; seed <= 300; seed++) {
      Story story = unpadded(StoryTeller.of(seed));
      Story back = Stories.of(ScenarioReader.read("story.yaml", yaml(story)));
      assertEquals(story, back, "seed " + seed);
    }
  }

  @Test
  void storyPlaysAgainToTheByte() {
    Story story = unpadded(StoryTeller.of(4));
    Story back = Stories.of(ScenarioReader.read("story.yaml", yaml(story)));
    assertEquals(Halves.reference().trace(story), Halves.reference().trace(back));
  }

  @Test
  void worldIsReadAsCarefullyAsTheRest() {
    String yaml = yaml(unpadded(StoryTeller.of(1)));
    for (String bad : List.of("store: kept", "delay_ms: soon", "delays_ms: 1", "seed: x")) {
      String wrong = yaml.replaceFirst("world: \\{.*", "world: {seed: 1, " + bad + "}");
      String alone = bad.startsWith("seed") ? wrong.replace("seed: 1, ", "") : wrong;
      ScenarioError e =
          assertThrows(ScenarioError.class, () -> ScenarioReader.read("story.yaml", alone));
      assertTrue(String.valueOf(e.getMessage()).contains("story.yaml:"), e.getMessage());
    }
  }

  /** What pads a story is not written, and a cancel before the first message means nothing. */
  private static Story unpadded(Story story) {
    List<Story.Person> people = new ArrayList<>();
    for (Story.Person person : story.people()) {
      List<Deed> deeds = new ArrayList<>();
      boolean said = false;
      for (Deed deed : person.deeds()) {
        said |= deed instanceof Deed.Say;
        if (said || !(deed instanceof Deed.Cancel)) {
          deeds.add(deed);
        }
      }
      people.add(new Story.Person(person.name(), person.session(), deeds));
    }
    return new Story(story.seed(), story.profile(), story.ground(), people, story.faults(), false);
  }

  private static String yaml(Story story) {
    return StoryYaml.of(story, "story", "A \"story\".", "in_order", List.of("found\nby chance"));
  }
}
