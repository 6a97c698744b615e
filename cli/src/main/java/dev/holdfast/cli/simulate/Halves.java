package dev.holdfast.cli.simulate;

import dev.holdfast.cli.run.UsageError;
import dev.holdfast.protocol.broken.Twin;
import dev.holdfast.protocol.broken.Twins;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.scenarios.load.Nearest;
import dev.holdfast.scenarios.world.Swarm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who plays the two halves: the reference, or a broken twin in the place of one of them. */
public final class Halves {
  private Halves() {}

  public static Swarm swarm(@Nullable String name) {
    if (name == null) {
      return Swarm.reference();
    }
    List<Twin> named = Twins.EVERY.stream().filter(t -> named(t).equals(name)).toList();
    if (named.isEmpty()) {
      List<String> known = Twins.EVERY.stream().map(Halves::named).toList();
      throw new UsageError("no twin is called " + name + "; " + Nearest.hint(name, known));
    }
    return swarm(named.get(0));
  }

  public static Swarm swarm(Twin twin) {
    return twin.ofServer()
        ? Swarm.of(ClientMachine::new, c -> twin.bendServer(new SessionMachine(c)))
        : Swarm.of(c -> twin.bendClient(new ClientMachine(c)), SessionMachine::new);
  }

  /** A name says which half, as some faults have a twin on either side. */
  private static String named(Twin twin) {
    return (twin.ofServer() ? "server/" : "client/") + twin.name();
  }
}
