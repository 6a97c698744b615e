package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.world.Story.Deed;
import dev.holdfast.scenarios.world.Story.Ground;
import dev.holdfast.scenarios.world.Story.Ill;
import dev.holdfast.scenarios.world.Story.Person;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Invents stories from seeds. Each has a mix of faults of its own: most kinds are left out of most
 * stories, so that rare ones get room (swarm testing).
 */
public final class StoryTeller {
  /** What people say when there is nothing left to say. */
  public static final String SMALL_TALK = "#agent tools=2 tokens=3\nand then?";

  private static final List<String> NAMES = List.of("ana", "bob", "eve");
  private static final List<String> REQUESTS =
      List.of("Create a P1 story for test", "hi", "Tell me more 😀 please 😀", "why?");

  private final SplittableRandom chance;
  private final long spanMs;

  private StoryTeller(long seed) {
    chance = new SplittableRandom(seed);
    spanMs =
        chance.nextInt(8) == 0 ? 40_000 + chance.nextInt(80_000) : 2_000 + chance.nextInt(8_000);
  }

  public static Story of(long seed) {
    StoryTeller teller = new StoryTeller(seed);
    Profile profile = teller.chance.nextInt(3) == 0 ? Profile.CORE : Profile.RESUME;
    return Company.perhaps(teller.tell(seed, profile));
  }

  private Story tell(long seed, Profile profile) {
    List<FaultKind> mix = mix();
    List<Person> people = new ArrayList<>();
    int count = chance.nextInt(6) == 0 ? 3 : 2;
    for (int i = 0; i < count; i++) {
      String name = NAMES.get(i);
      people.add(new Person(name, "s-" + name, deeds(profile)));
    }
    List<Ill> faults = faults(mix, count);
    return new Story(seed, profile, ground(mix), people, faults, true);
  }

  private List<FaultKind> mix() {
    List<FaultKind> mix = new ArrayList<>();
    int most = 1 + chance.nextInt(4);
    for (int i = 0; i < most; i++) {
      mix.add(FaultKind.ALL.get(chance.nextInt(FaultKind.ALL.size())));
    }
    return mix;
  }

  private Ground ground(List<FaultKind> mix) {
    boolean brisk = chance.nextInt(4) != 0;
    long base = brisk ? 50 : 1_000;
    boolean flagged = mix.contains(FaultKind.FLAG_OFF) || chance.nextInt(16) == 0;
    return new Ground(
        1 + chance.nextInt(2),
        new String[] {"keeps", "keeps", "lags", "loses"}[chance.nextInt(4)],
        1 + chance.nextInt(40),
        chance.nextBoolean() ? chance.nextInt(30) : 0,
        chance.nextInt(3) == 0 ? chance.nextInt(400) - 200 : 0,
        chance.nextInt(4) == 0 ? 12 : 256,
        base,
        base * 8,
        brisk ? 30 : 1_000,
        chance.nextInt(4) == 0 ? 3 : 10,
        brisk ? 2_000 + chance.nextInt(3_000) : 30_000,
        brisk ? 700 + chance.nextInt(500) : 10_000,
        chance.nextInt(6) == 0 ? 2 : 100,
        chance.nextInt(6) == 0 ? 2 : 100,
        flagged,
        chance.nextInt(6) == 0 ? 3_000 : 120_000,
        chance.nextInt(6) == 0 ? 8 : 1_000,
        chance.nextInt(6) == 0 ? 1_500 : 120_000,
        chance.nextInt(8) == 0 ? 2 : 128);
  }

  private List<Deed> deeds(Profile profile) {
    List<Deed> deeds = new ArrayList<>();
    int messages = 3 + chance.nextInt(2);
    for (int i = 0; i < messages; i++) {
      long at = moment();
      deeds.add(new Deed.Say(at, content()));
      if (chance.nextInt(10) == 0) {
        deeds.add(new Deed.Say(at, content()));
      }
      if (profile == Profile.RESUME && chance.nextInt(10) == 0) {
        deeds.add(new Deed.Cancel(at + 10 + chance.nextInt(300)));
      }
    }
    switch (chance.nextInt(12)) {
      case 0 -> away(deeds);
      case 1 -> {
        long at = moment();
        deeds.add(new Deed.Disconnect(at));
        deeds.add(new Deed.Connect(at + chance.nextInt(3_000)));
      }
      case 2 -> {
        long at = moment();
        deeds.add(new Deed.OpenTab(at));
        deeds.add(new Deed.CloseTab(at + chance.nextInt(4_000)));
      }
      case 3 -> deeds.add(new Deed.OpenTab(moment()));
      case 4 -> deeds.add(new Deed.Retry(moment()));
      default -> {}
    }
    deeds.sort(Comparator.comparingLong(Deed::atMs));
    return deeds;
  }

  private void away(List<Deed> deeds) {
    long at = moment();
    deeds.add(new Deed.Offline(at));
    deeds.add(new Deed.Online(at + 50 + chance.nextInt((int) spanMs)));
  }

  private long moment() {
    return chance.nextLong(spanMs);
  }

  /** Few texts, so that nobody has to think twice about one. */
  private String content() {
    int tools = chance.nextInt(3);
    int tokens = new int[] {0, 3, 6}[chance.nextInt(3)];
    String slow =
        new String[] {"", " slow_ms=300", " slow_ms=2000", " slow_ms=300"}[chance.nextInt(4)];
    String end = chance.nextInt(10) == 0 ? " fail" : "";
    return "#agent tools="
        + tools
        + " tokens="
        + tokens
        + slow
        + end
        + "\n"
        + REQUESTS.get(chance.nextInt(REQUESTS.size()));
  }

  private List<Ill> faults(List<FaultKind> mix, int people) {
    List<Ill> faults = new ArrayList<>();
    for (FaultKind kind : mix) {
      for (int i = chance.nextInt(2); i >= 0; i--) {
        long lasts =
            kind.lasts() ? 20 + chance.nextLong(chance.nextInt(4) == 0 ? 20_000 : 2_000) : 0;
        int drawn = chance.nextInt(people + 1) - 1;
        int who = kind.strikesOne() ? drawn : -1;
        faults.add(new Ill(kind, moment(), lasts, who, chance.nextInt(Integer.MAX_VALUE)));
      }
    }
    faults.sort(Comparator.comparingLong(Ill::atMs));
    return faults;
  }
}
