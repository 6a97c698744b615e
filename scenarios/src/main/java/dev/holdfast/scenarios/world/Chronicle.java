package dev.holdfast.scenarios.world;

/** Takes down a whole story. */
interface Chronicle {
  Witness client(String name, Clock clock);

  ServerWitness server(String name, Clock clock);

  /** A fault's phase: planned, struck or over with so many bites. */
  void fault(Story.Ill ill, String phase, long bites, Clock clock);

  /** Nothing is wrong any more, as a client sees time. */
  void healed(VirtualClient client);

  /** The story ends here, as a client sees time: nothing more will be seen of it. */
  default void watched(VirtualClient client) {}
}
