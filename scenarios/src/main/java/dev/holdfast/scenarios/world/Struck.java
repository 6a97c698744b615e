package dev.holdfast.scenarios.world;

import java.util.function.Consumer;

/**
 * A fault at work on the world.
 *
 * @param by whom it strikes, and how often it has
 * @param server the machine that it strikes, where it strikes one
 * @param clock the clock that it strikes, where it strikes one
 * @param endsAt in the world's time
 */
record Struck(
    VirtualNetwork network,
    Mischief by,
    VirtualServer server,
    Clock clock,
    long forMs,
    long endsAt,
    long size) {

  /** Does something to each link that is meant. */
  void each(Consumer<VirtualLink> deed) {
    for (VirtualLink link : network.links()) {
      if (by.strikes(link.client())) {
        by.bit();
        deed.accept(link);
      }
    }
  }

  /** Something is wrong with the network from here on, until the fault is over. */
  void begins(Wrong wrong) {
    network.weather().begins(by, wrong);
  }

  Operator operator() {
    return network.operator();
  }
}
