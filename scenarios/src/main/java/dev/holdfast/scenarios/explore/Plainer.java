package dev.holdfast.scenarios.explore;

import dev.holdfast.scenarios.world.Grounds;
import dev.holdfast.scenarios.world.Story;
import dev.holdfast.scenarios.world.Story.Deed;
import dev.holdfast.scenarios.world.Story.Ill;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A story of the same parts, one of them plainer: a rounder time, a shorter text, a usual world.
 */
final class Plainer {
  private static final String PLAINEST = "hi";

  private Plainer() {}

  /** Every story in which one thing is plainer than in this one. */
  static List<Story> than(Story story) {
    List<Story> plainer = new ArrayList<>();
    grounds(story, plainer);
    for (int i = 0; i < story.faults().size(); i++) {
      faults(story, i, plainer);
    }
    for (int p = 0; p < story.people().size(); p++) {
      for (int i = 0; i < story.people().get(p).deeds().size(); i++) {
        deeds(story, p, i, plainer);
      }
    }
    return plainer;
  }

  private static void grounds(Story story, List<Story> plainer) {
    Map<String, Object> peculiar = Grounds.peculiar(story.ground());
    for (String name : peculiar.keySet()) {
      Map<String, Object> rest = new LinkedHashMap<>(peculiar);
      rest.remove(name);
      plainer.add(
          new Story(
              story.seed(),
              story.profile(),
              Grounds.of(rest),
              story.people(),
              story.faults(),
              story.padded()));
    }
  }

  private static void faults(Story story, int i, List<Story> plainer) {
    Ill ill = story.faults().get(i);
    List<Ill> simpler = new ArrayList<>();
    for (long at : Rounder.than(ill.atMs())) {
      simpler.add(new Ill(ill.kind(), at, ill.forMs(), ill.who(), ill.size()));
    }
    for (long lasts : Rounder.than(ill.forMs())) {
      if (lasts > 0) {
        simpler.add(new Ill(ill.kind(), ill.atMs(), lasts, ill.who(), ill.size()));
      }
    }
    for (long size : Rounder.than(ill.size())) {
      simpler.add(new Ill(ill.kind(), ill.atMs(), ill.forMs(), ill.who(), size));
    }
    if (ill.who() >= 0) {
      simpler.add(new Ill(ill.kind(), ill.atMs(), ill.forMs(), -1, ill.size()));
    }
    for (Ill other : simpler) {
      List<Ill> faults = new ArrayList<>(story.faults());
      faults.set(i, other);
      faults.sort(Comparator.comparingLong(Ill::atMs));
      plainer.add(Parts.with(story, story.people(), faults));
    }
  }

  private static void deeds(Story story, int person, int i, List<Story> plainer) {
    Deed deed = story.people().get(person).deeds().get(i);
    List<Deed> simpler = new ArrayList<>();
    for (long at : Rounder.than(deed.atMs())) {
      simpler.add(deed.at(at));
    }
    if (deed instanceof Deed.Say say) {
      texts(say.content()).forEach(text -> simpler.add(new Deed.Say(say.atMs(), text)));
    }
    if (deed instanceof Deed.Push push) {
      if (push.times() > 1) {
        simpler.add(new Deed.Push(push.atMs(), push.content(), 1));
      }
      texts(push.content())
          .forEach(text -> simpler.add(new Deed.Push(push.atMs(), text, push.times())));
    }
    for (Deed other : simpler) {
      List<Deed> deeds = new ArrayList<>(story.people().get(person).deeds());
      deeds.set(i, other);
      deeds.sort(Comparator.comparingLong(Deed::atMs));
      plainer.add(Parts.withDeeds(story, person, deeds));
    }
  }

  /** Shorter texts: without one of the words to the agent, or the plainest words to read. */
  private static List<String> texts(String content) {
    List<String> texts = new ArrayList<>();
    int end = content.indexOf('\n');
    if (end < 0) {
      if (!content.equals(PLAINEST)) {
        texts.add(PLAINEST);
      }
      return texts;
    }
    String said = content.substring(end + 1);
    texts.add(said);
    if (!said.equals(PLAINEST)) {
      texts.add(content.substring(0, end + 1) + PLAINEST);
    }
    List<String> words = List.of(content.substring(0, end).split(" "));
    for (int i = 1; i < words.size(); i++) {
      texts.add(String.join(" ", Parts.lacking(words, i)) + "\n" + said);
    }
    return texts;
  }
}
