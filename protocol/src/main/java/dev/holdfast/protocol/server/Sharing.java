package dev.holdfast.protocol.server;

import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import java.util.Map;

/** Capability sync: several clients in one session, who all see the same conversation. */
final class Sharing {
  private Sharing() {}

  /** Whether both may stay: they are different clients, and each knows of the other's kind. */
  static boolean together(Connection a, Connection b) {
    return a.has(Capability.SYNC) && b.has(Capability.SYNC) && !a.clientId().equals(b.clientId());
  }

  /** Whether one more client would be one too many. */
  static boolean full(Draft d, String clientId) {
    return d.connections.stream()
            .filter(c -> c.greeted() && c.has(Capability.SYNC) && !c.clientId().equals(clientId))
            .count()
        >= ServerConfig.MOST_TOGETHER;
  }

  /** Whether somebody shares the session, or did and may come back. */
  static boolean shared(Draft d) {
    return d.access != null && d.clients.values().stream().anyMatch(ClientPositions::sync);
  }

  /** What was said is repeated to all, its sender included, in a position of its own. */
  static void echo(Draft d, Run run) {
    if (shared(d)) {
      Emission.positioned(
          d, new Frame(d.envelope().withReplyTo(run.messageId()), Message.echo(run.content())));
    }
  }

  /** Drops what one client has processed, except what another that shares still needs. */
  static void acked(Draft d, String clientId, long position) {
    long slowest = position;
    for (Map.Entry<String, ClientPositions> other : d.clients.entrySet()) {
      boolean counts = !other.getKey().equals(clientId) && waitsFor(d, other);
      slowest = counts ? Math.min(slowest, other.getValue().acked()) : slowest;
    }
    d.retention = d.retention.ackedTo(slowest);
  }

  /** Whoever shares is waited for while it is here, and for as long as it may resume. */
  private static boolean waitsFor(Draft d, Map.Entry<String, ClientPositions> client) {
    ClientPositions positions = client.getValue();
    long until = positions.seenAt() + d.config.resumeTtlMs() * Tick.NANOS_PER_MS;
    return positions.sync() && (!d.now.reached(until) || d.isHere(client.getKey()));
  }

  /** The clocks of a new process have no memory: whoever shared is waited for from here. */
  static void recovered(Draft d) {
    for (Map.Entry<String, ClientPositions> client : d.clients.entrySet()) {
      if (client.getValue().sync()) {
        d.clients = d.clients.plus(client.getKey(), client.getValue().seen(d.now));
      }
    }
  }
}
