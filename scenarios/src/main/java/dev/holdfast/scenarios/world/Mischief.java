package dev.holdfast.scenarios.world;

import java.util.function.Predicate;

/** A fault at work: whom it strikes, and how often it has bitten. */
final class Mischief {
  private final Predicate<VirtualClient> whom;
  private Runnable firstBite = () -> {};
  private long bites;

  Mischief(Predicate<VirtualClient> whom) {
    this.whom = whom;
  }

  /** One that strikes the tabs of one person, who are called so, a point and a number. */
  static Mischief against(String person) {
    return new Mischief(
        client -> client.name().equals(person) || client.name().startsWith(person + "."));
  }

  static Mischief againstEverybody() {
    return new Mischief(client -> true);
  }

  boolean strikes(VirtualClient client) {
    return whom.test(client);
  }

  /** Who is told of its first bite; of a later one nobody is. */
  void whenItBites(Runnable told) {
    firstBite = told;
  }

  /** It did something to somebody. */
  void bit() {
    if (bites++ == 0) {
      firstBite.run();
    }
  }

  long bites() {
    return bites;
  }
}
