package dev.holdfast.scenarios.explore;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a story as the source of a JUnit test that plays it and wants nobody to object. */
final class StoryTest {
  private StoryTest() {}

  /** The class's name, from a story's: {@code story-11} is Story11Test. */
  static String className(String story) {
    StringBuilder name = new StringBuilder();
    boolean begins = true;
    for (int i = 0; i < story.length(); i++) {
      char c = story.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        name.append(begins ? Character.toUpperCase(c) : c);
      }
      begins = !Character.isLetterOrDigit(c);
    }
    return name + "Test";
  }

  /**
   * The source.
   *
   * @param yaml the scenario's text
   * @param twin the broken core that it was found with, or null
   */
  static String of(String story, String yaml, @Nullable String twin) {
    String halves = twin == null ? "Halves.reference()" : "Halves.named(\"" + twin + "\")";
    return String.format(
        Locale.ROOT,
        """
        import static org.junit.jupiter.api.Assertions.assertEquals;

        import dev.holdfast.scenarios.explore.Halves;
        import dev.holdfast.scenarios.explore.Stories;
        import dev.holdfast.scenarios.load.ScenarioReader;
        import dev.holdfast.scenarios.model.Scenario;
        import org.junit.jupiter.api.Test;

        /** Needs Holdfast's module scenarios, and nothing that runs. */
        class %s {
          private static final String STORY =
              \"""
        %s      \""";

          @Test
          void nobodyObjects() {
            Scenario scenario = ScenarioReader.read("%s.yaml", STORY);
            assertEquals(null, %s.play(Stories.of(scenario)));
          }
        }
        """,
        className(story),
        indented(yaml),
        story,
        halves);
  }

  private static String indented(String yaml) {
    return yaml.replace("\\", "\\\\")
        .replace("\"\"\"", "\\\"\"\"")
        .replaceAll("(?m)^", "          ")
        .replaceAll("(?m)^ +$", "");
  }
}
