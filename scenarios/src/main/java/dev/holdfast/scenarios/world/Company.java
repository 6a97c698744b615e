package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.world.Story.Deed;
import dev.holdfast.scenarios.world.Story.Person;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes some stories ones of people with several tabs open, to whom the agent speaks first. Its
 * chance is its own, so that every other story is told as it ever was.
 */
final class Company {
  private static final long OTHER_CHANCE = 0x5deece66dL;
  private static final int ONE_STORY_IN = 5;
  private static final String NEWS = "#agent tools=1 tokens=2\nnews";

  private final SplittableRandom chance;

  private Company(long seed) {
    chance = new SplittableRandom(seed ^ OTHER_CHANCE);
  }

  static Story perhaps(Story story) {
    Company company = new Company(story.seed());
    boolean comes = story.profile() == Profile.RESUME && company.chance.nextInt(ONE_STORY_IN) == 0;
    return comes ? company.joins(story) : story;
  }

  private Story joins(Story story) {
    List<Person> people = new ArrayList<>();
    for (Person person : story.people()) {
      people.add(
          new Person(person.name(), Person.SHARED + person.session(), deeds(person.deeds())));
    }
    return new Story(
        story.seed(), story.profile(), story.ground(), people, story.faults(), story.padded());
  }

  /** Beside what the person does anyway: another tab or two early on, pushes in between. */
  private List<Deed> deeds(List<Deed> before) {
    List<Deed> deeds = new ArrayList<>(before);
    int lastMs = (int) before.get(before.size() - 1).atMs() + 1;
    for (int i = chance.nextInt(3); i > 0; i--) {
      deeds.add(new Deed.OpenTab(chance.nextInt(lastMs)));
    }
    for (int i = chance.nextInt(3); i > 0; i--) {
      deeds.add(new Deed.Push(chance.nextInt(lastMs), NEWS, 1 + chance.nextInt(2)));
    }
    deeds.sort(Comparator.comparingLong(Deed::atMs));
    return deeds;
  }
}
