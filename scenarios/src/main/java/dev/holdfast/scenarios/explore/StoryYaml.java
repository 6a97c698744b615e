package dev.holdfast.scenarios.explore;

import dev.holdfast.scenarios.model.Options;
import dev.holdfast.scenarios.world.Grounds;
import dev.holdfast.scenarios.world.Story;
import dev.holdfast.scenarios.world.Story.Deed;
import dev.holdfast.scenarios.world.Story.Ill;
import dev.holdfast.scenarios.world.Story.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a story as a scenario: the world plays it again to the byte, and sockets play what sockets
 * can.
 */
final class StoryYaml {
  /** After its last deed everybody waits for what they said to end. */
  private static final long PATIENCE_MS = 60_000;

  private final Story story;
  private final StringBuilder out = new StringBuilder();

  private StoryYaml(Story story) {
    this.story = story;
  }

  /**
   * The file's text.
   *
   * @param comment lines for people at its head
   */
  static String of(Story story, String name, String title, String checker, List<String> comment) {
    if (story.padded()) {
      throw new IllegalArgumentException("what pads story " + story.seed() + " is nowhere written");
    }
    return new StoryYaml(story).written(name, title, checker, comment);
  }

  private String written(String name, String title, String checker, List<String> comment) {
    comment.forEach(line -> line("# " + line.replace('\n', ' ')));
    line("name: " + name);
    line("clause: " + Clause.of(checker));
    line("title: " + quoted(title));
    line("profile: " + story.profile().word());
    world();
    line("people:");
    story.people().forEach(this::person);
    if (!story.faults().isEmpty()) {
      line("faults:");
      story.faults().forEach(this::fault);
    }
    line("expect: [" + String.join(", ", Clause.judges(checker)) + "]");
    return out.toString();
  }

  private void world() {
    List<String> options = new ArrayList<>();
    List<String> world = new ArrayList<>(List.of("seed: " + story.seed()));
    for (Map.Entry<String, Object> value : Grounds.values(story.ground()).entrySet()) {
      String option = Stories.OPTIONS.get(value.getKey());
      if (option != null) {
        options.add(option + ": " + value.getValue());
      } else if (Grounds.peculiar(story.ground()).containsKey(value.getKey())) {
        world.add(value.getKey() + ": " + value.getValue());
      }
    }
    if (story.people().stream().anyMatch(Person::shares)) {
      options.add(Options.TOGETHER + ": 1");
    }
    line("options: {" + String.join(", ", options) + "}");
    line("world: {" + String.join(", ", world) + "}");
  }

  private void person(Person person) {
    line("  " + person.name() + ":");
    long at = 0;
    int said = 0;
    for (Deed deed : person.deeds()) {
      if (deed.atMs() != at) {
        at = deed.atMs();
        line("    - {at_ms: " + at + "}");
      }
      switch (deed) {
        case Deed.Say s -> line("    - {say: " + quoted(s.content()) + ", as: m" + ++said + "}");
        case Deed.Cancel c -> line("    - {cancel: m" + said + "}");
        case Deed.Push p ->
            line("    - {push: " + quoted(p.content()) + ", times: " + p.times() + "}");
        default -> line("    - " + word(deed));
      }
    }
    line("    - heal");
    if (said > 0) {
      line("    - {expect: {settled: \"m*\", within_ms: " + PATIENCE_MS + "}}");
    }
  }

  private static String word(Deed deed) {
    return switch (deed) {
      case Deed.Offline o -> "offline";
      case Deed.Online o -> "online";
      case Deed.Disconnect d -> "disconnect";
      case Deed.Connect c -> "connect";
      case Deed.Retry r -> "retry";
      case Deed.OpenTab o -> "open_tab";
      case Deed.CloseTab c -> "close_tab";
      case Deed.Push p -> throw new IllegalStateException("a push has words of its own");
      case Deed.Say s -> throw new IllegalStateException("a message has words of its own");
      case Deed.Cancel c -> throw new IllegalStateException("a cancel names its message");
    };
  }

  private void fault(Ill ill) {
    StringBuilder fault = new StringBuilder("  - {at_ms: " + ill.atMs());
    fault.append(", do: ").append(ill.kind().word());
    if (ill.forMs() > 0) {
      fault.append(", for_ms: ").append(ill.forMs());
    }
    if (ill.who() >= 0 && ill.who() < story.people().size()) {
      fault.append(", person: ").append(story.people().get(ill.who()).name());
    }
    if (ill.size() != 0) {
      fault.append(", args: {size: ").append(ill.size()).append('}');
    }
    line(fault + "}");
  }

  private void line(String line) {
    out.append(line).append('\n');
  }

  /** In double quotes JSON's escapes are YAML's. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
