package dev.holdfast.scenarios.explore;

import dev.holdfast.protocol.broken.Twin;
import dev.holdfast.protocol.broken.Twins;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.scenarios.load.Nearest;
import dev.holdfast.scenarios.world.Swarm;
import java.util.List;

/** Who plays the two halves of a story: the reference, or a broken twin in the place of one. */
public final class Halves {
  private Halves() {}

  public static Swarm reference() {
    return Swarm.reference();
  }

  /**
   * The reference with a twin in it.
   *
   * @param name says which half it is of: {@code server/replay-reorders}
   * @throws IllegalArgumentException if there is none, naming the nearest
   */
  public static Swarm named(String name) {
    for (Twin twin : Twins.EVERY) {
      if (name(twin).equals(name)) {
        return with(twin);
      }
    }
    List<String> known = Twins.EVERY.stream().map(Halves::name).toList();
    throw new IllegalArgumentException(
        "no twin is called '" + name + "'" + Nearest.hint(name, known));
  }

  public static Swarm with(Twin twin) {
    return twin.ofServer()
        ? Swarm.of(ClientMachine::new, c -> twin.bendServer(new SessionMachine(c)))
        : Swarm.of(c -> twin.bendClient(new ClientMachine(c)), SessionMachine::new);
  }

  /** A name says which half, as some faults have a twin on either side. */
  public static String name(Twin twin) {
    return (twin.ofServer() ? "server/" : "client/") + twin.name();
  }
}
