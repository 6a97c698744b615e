package dev.holdfast.scenarios.explore;

import dev.holdfast.scenarios.world.Story;
import dev.holdfast.scenarios.world.Story.Deed;
import dev.holdfast.scenarios.world.Swarm.Violation;

/**
 * What is left of a failing story.
 *
 * @param found who objected to the whole story
 * @param violation who objects to what is left of it
 * @param plays how many stories were played for it
 * @param minimal whether every smaller story passes; false where the effort was at its bound before
 */
public record Shrunk(
    Story original, Violation found, Story story, Violation violation, int plays, boolean minimal) {

  public int people() {
    return story.people().size();
  }

  public long messages() {
    return story.people().stream()
        .flatMap(p -> p.deeds().stream())
        .filter(Deed.Say.class::isInstance)
        .count();
  }

  /** What people do beside talking. */
  public long otherDeeds() {
    return story.people().stream().mapToLong(p -> p.deeds().size()).sum() - messages();
  }

  public int faults() {
    return story.faults().size();
  }

  /** {@code 1 person, 2 messages, 1 fault}. */
  public String size() {
    String other = otherDeeds() == 0 ? "" : ", " + count(otherDeeds(), "other deed");
    return count(people(), "person").replace("persons", "people")
        + ", "
        + count(messages(), "message")
        + other
        + ", "
        + count(faults(), "fault");
  }

  private static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
