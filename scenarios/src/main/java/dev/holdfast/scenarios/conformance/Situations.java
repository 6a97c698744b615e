package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Case.Situation;

/** Situations that the cases of several sections begin with. */
final class Situations {
  /** A fresh session has one connection, and its greeting came. */
  static final Situation<Talk> GREETED =
      new Situation<>("a connection to a fresh session was greeted", Bench::connect);

  private Situations() {}
}
