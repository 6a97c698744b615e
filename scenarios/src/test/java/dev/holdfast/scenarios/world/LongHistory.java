package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.world.Story.Deed;
import dev.holdfast.scenarios.world.Story.Ill;
import dev.holdfast.scenarios.world.Story.Person;
import java.util.ArrayList;
import java.util.List;

/** A history of 10,000 operations: two people with two tabs each, tools, and a cut now and then. */
final class LongHistory {
  static final int OPERATIONS = 10_000;
  private static final int PEOPLE = 2;
  private static final long APART_MS = 60;

  private LongHistory() {}

  static History played() {
    Story.Ground calm =
        new Story.Ground(
            1, "keeps", 2, 0, 0, 1_000, 50, 400, 30, 10, 30_000, 10_000, 100, 100, false, 120_000,
            1_000, 120_000, 128);
    List<Ill> cuts = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      cuts.add(new Ill(FaultKind.RST, i * 10_000L, 0, -1, 0));
    }
    List<Person> people = List.of(person("ana"), person("bob"));
    Story story = new Story(7, Profile.RESUME, calm, people, cuts, false);
    EventChronicle chronicle = new EventChronicle();
    StoryRun run =
        new StoryRun(
                story, ClientMachine::new, SessionMachine::new, new Repertoire(), chronicle, null)
            .play();
    return History.of(chronicle.events(), run.terms(), run.calm());
  }

  private static Person person(String name) {
    List<Deed> deeds = new ArrayList<>();
    deeds.add(new Deed.OpenTab(APART_MS / 2));
    for (int i = 0; i < OPERATIONS / PEOPLE; i++) {
      deeds.add(new Deed.Say(i * APART_MS, "#agent tools=1 tokens=0\nhi"));
    }
    return new Person(name, Person.SHARED + name, deeds);
  }
}
