package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.world.Cut.Noticed;
import dev.holdfast.scenarios.world.Story.Deed;
import dev.holdfast.scenarios.world.Story.Person;
import dev.holdfast.scenarios.world.Swarm.Outcome;
import dev.holdfast.scenarios.world.Swarm.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Every way to cut one conversation: at every frame, lost or arrived, whoever is told, and so again
 * in what follows, up to a depth. Nothing is drawn by lot.
 */
public final class Exhaustive {
  private static final long SEED = 1;
  private static final String WORK = "#agent tools=1 tokens=2\nCreate a story";

  private final Swarm swarm;
  private final Watcher watcher;
  private final BooleanSupplier goesOn;
  private long schedules;
  private long violations;

  /** Is told of every schedule played; the violation is null where nobody objects. */
  @FunctionalInterface
  public interface Watcher {
    void played(Profile profile, List<Cut> cuts, @Nullable Violation violation);
  }

  /**
   * What was enumerated.
   *
   * @param frames of the conversation when nothing is cut
   * @param schedules how many ways to cut it there are up to this depth
   */
  public record Count(Profile profile, int depth, long frames, long schedules, long violations) {}

  public Exhaustive(Swarm swarm, Watcher watcher, BooleanSupplier goesOn) {
    this.swarm = swarm;
    this.watcher = watcher;
    this.goesOn = goesOn;
  }

  /** Two messages, the first with a tool and a streamed answer, the second said meanwhile. */
  static Story conversation(Profile profile) {
    List<Deed> deeds = List.of(new Deed.Say(20, WORK), new Deed.Say(30, "hi"));
    return new Story(
        SEED, profile, Grounds.PLAIN, List.of(new Person("ana", "s-ana", deeds)), List.of(), false);
  }

  public Count play(Profile profile, int depth) {
    schedules = 0;
    violations = 0;
    Story story = conversation(profile);
    Outcome uncut = swarm.play(story, List.of());
    follow(story, List.of(), uncut.frames(), depth);
    return new Count(profile, depth, uncut.frames(), schedules, violations);
  }

  /** All that can be cut after these cuts, in a conversation of so many frames. */
  private void follow(Story story, List<Cut> cuts, long frames, int depth) {
    long first = cuts.isEmpty() ? 1 : cuts.getLast().frame() + 1;
    for (long frame = first; frame <= frames; frame++) {
      for (Noticed noticed : Noticed.values()) {
        for (boolean arrived : new boolean[] {false, true}) {
          if (!goesOn.getAsBoolean()) {
            return;
          }
          List<Cut> more = new ArrayList<>(cuts);
          more.add(new Cut(frame, arrived, noticed));
          Outcome outcome = swarm.play(story, more);
          schedules++;
          violations += outcome.violation() == null ? 0 : 1;
          watcher.played(story.profile(), more, outcome.violation());
          if (depth > 1) {
            follow(story, more, outcome.frames(), depth - 1);
          }
        }
      }
    }
  }
}
