package dev.holdfast.scenarios.world;

/** Takes down a whole story. */
interface Chronicle {
  Witness client(String name);

  ServerWitness server(String name);

  /** A fault's phase: planned, struck or over with so many bites. */
  void fault(Story.Ill ill, String phase, long bites, Clock clock);

  /** Nothing is wrong any more, as a client sees time. */
  void healed(VirtualClient client);
}
