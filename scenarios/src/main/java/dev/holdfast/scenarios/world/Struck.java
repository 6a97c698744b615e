package dev.holdfast.scenarios.world;

import java.util.List;
import java.util.function.Consumer;

/**
 * A fault at work on the world.
 *
 * @param who whose links it strikes; empty for everybody's
 * @param server the machine that it strikes, where it strikes one
 * @param clock the clock that it strikes, where it strikes one
 * @param endsAt in the world's time
 */
record Struck(
    VirtualNetwork network,
    List<VirtualClient> who,
    VirtualServer server,
    Clock clock,
    long forMs,
    long endsAt,
    long size) {

  /** Does something to each link that is meant. */
  void each(Consumer<VirtualLink> deed) {
    for (VirtualLink link : network.links()) {
      if (who.isEmpty() || who.contains(link.client())) {
        network.bit();
        deed.accept(link);
      }
    }
  }
}
