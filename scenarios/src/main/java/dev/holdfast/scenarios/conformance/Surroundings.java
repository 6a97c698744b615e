package dev.holdfast.scenarios.conformance;

/** What the cases of one run share. */
record Surroundings(Pace pace, Watch watch, Rehearsal rehearsal) {
  static Surroundings of(Pace pace) {
    return new Surroundings(pace, new Watch(), new Rehearsal());
  }

  /** The same at another pace. */
  Surroundings at(Pace other) {
    return new Surroundings(other, watch, rehearsal);
  }
}
