package dev.holdfast.scenarios.explore;

import dev.holdfast.scenarios.world.Story;
import dev.holdfast.scenarios.world.Story.Deed;
import dev.holdfast.scenarios.world.Story.Ill;
import dev.holdfast.scenarios.world.Story.Person;
import java.util.ArrayList;
import java.util.List;

/** A story with one part less: a person, a deed, a fault, or the small talk that pads it. */
final class Parts {
  private Parts() {}

  /** Every story that lacks one element of this one. */
  static List<Story> without(Story story) {
    List<Story> less = new ArrayList<>();
    if (story.padded()) {
      less.add(with(story, story.people(), story.faults(), false));
    }
    for (int i = 0; story.people().size() > 1 && i < story.people().size(); i++) {
      less.add(withoutPerson(story, i));
    }
    for (int i = 0; i < story.faults().size(); i++) {
      less.add(with(story, story.people(), lacking(story.faults(), i)));
    }
    for (int p = 0; p < story.people().size(); p++) {
      Person person = story.people().get(p);
      for (int i = 0; i < person.deeds().size(); i++) {
        less.add(withDeeds(story, p, lacking(person.deeds(), i)));
      }
    }
    return less;
  }

  /** Faults of that person go along; those of others keep their person. */
  private static Story withoutPerson(Story story, int gone) {
    List<Ill> faults = new ArrayList<>();
    for (Ill ill : story.faults()) {
      if (ill.who() != gone) {
        int who = ill.who() > gone ? ill.who() - 1 : ill.who();
        faults.add(new Ill(ill.kind(), ill.atMs(), ill.forMs(), who, ill.size()));
      }
    }
    return with(story, lacking(story.people(), gone), faults);
  }

  static <T> List<T> lacking(List<T> all, int index) {
    List<T> rest = new ArrayList<>(all);
    rest.remove(index);
    return rest;
  }

  static Story withDeeds(Story story, int person, List<Deed> deeds) {
    Person p = story.people().get(person);
    List<Person> people = new ArrayList<>(story.people());
    people.set(person, new Person(p.name(), p.session(), deeds));
    return with(story, people, story.faults());
  }

  static Story with(Story story, List<Person> people, List<Ill> faults) {
    return with(story, people, faults, story.padded());
  }

  static Story with(Story s, List<Person> people, List<Ill> faults, boolean padded) {
    return new Story(s.seed(), s.profile(), s.ground(), people, faults, padded);
  }
}
