package dev.holdfast.scenarios.explore;

import dev.holdfast.scenarios.world.Story;
import dev.holdfast.scenarios.world.Story.Deed;
import dev.holdfast.scenarios.world.Story.Ill;
import dev.holdfast.scenarios.world.StoryTeller;
import dev.holdfast.scenarios.world.Swarm;
import dev.holdfast.scenarios.world.Swarm.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a failing story small: it leaves out and rounds one thing after the other as long as
 * somebody still objects, until every story with one thing less passes.
 *
 * <p>Who objects may change on the way: what is left breaks something, by itself, and nothing in it
 * is idle. The same story always shrinks to the same one.
 */
public final class Shrinker {
  /** Stories played at most; a story of 40 parts needs about 1,000. */
  public static final int MOST_PLAYS = 6_000;

  /** The small talk that pads a story, spelled out: so many messages, so far apart. */
  private static final int SPELLED_OUT = 12;

  private static final long APART_MS = 3_000;

  private final Swarm swarm;
  private final int mostPlays;
  private int plays;
  private boolean exhausted;

  public Shrinker(Swarm swarm) {
    this(swarm, MOST_PLAYS);
  }

  Shrinker(Swarm swarm, int mostPlays) {
    this.swarm = swarm;
    this.mostPlays = mostPlays;
  }

  /**
   * Shrinks a story to which somebody objects.
   *
   * @throws IllegalArgumentException if nobody does
   */
  public Shrunk shrink(Story story) {
    plays = 0;
    exhausted = false;
    Violation found = play(story);
    if (found == null) {
      throw new IllegalArgumentException("no checker finds a violation in story " + story.seed());
    }
    Story smallest = spelledOut(story);
    Story before;
    do {
      before = smallest;
      smallest = reduced(smallest, Parts::without);
      smallest = reduced(smallest, Plainer::than);
    } while (!smallest.equals(before));
    Violation left = swarm.play(smallest);
    return new Shrunk(story, found, smallest, left == null ? found : left, plays, !exhausted);
  }

  /** Small talk that nobody wrote down cannot be left out piece by piece; so it is written down. */
  private Story spelledOut(Story story) {
    if (!story.padded() || fails(Parts.with(story, story.people(), story.faults(), false))) {
      return story;
    }
    long end = 0;
    List<List<Deed>> deeds = new ArrayList<>();
    for (Story.Person person : story.people()) {
      deeds.add(new ArrayList<>(person.deeds()));
      end = Math.max(end, person.deeds().stream().mapToLong(Deed::atMs).max().orElse(0));
    }
    for (Ill ill : story.faults()) {
      end = Math.max(end, ill.atMs() + ill.forMs());
    }
    List<Ill> faults = new ArrayList<>(story.faults());
    faults.add(new Ill(dev.holdfast.scenarios.world.FaultKind.RST, end + APART_MS, 0, -1, 0));
    Story spelled = Parts.with(story, story.people(), faults, false);
    for (int i = 0; i < SPELLED_OUT; i++) {
      int person = i % deeds.size();
      deeds.get(person).add(new Deed.Say(end + (i + 2) * APART_MS, StoryTeller.SMALL_TALK));
    }
    for (int i = 0; i < deeds.size(); i++) {
      spelled = Parts.withDeeds(spelled, i, deeds.get(i));
    }
    return fails(spelled) ? spelled : story;
  }

  /** Takes each smaller story to which somebody objects for the next, until there is none. */
  private Story reduced(Story story, Function<Story, List<Story>> smaller) {
    Story now = story;
    int at = 0;
    List<Story> candidates = smaller.apply(now);
    int passed = 0;
    while (passed < candidates.size() && !exhausted) {
      Story candidate = candidates.get(at % candidates.size());
      if (fails(candidate)) {
        now = candidate;
        candidates = smaller.apply(now);
        passed = 0;
      } else {
        at++;
        passed++;
      }
    }
    return now;
  }

  private boolean fails(Story story) {
    return play(story) != null;
  }

  private @Nullable Violation play(Story story) {
    if (plays >= mostPlays) {
      exhausted = true;
      return null;
    }
    plays++;
    try {
      return swarm.play(story);
    } catch (IllegalArgumentException e) {
      // Two values that exclude each other make no story at all, and so none that fails.
      return null;
    }
  }
}
