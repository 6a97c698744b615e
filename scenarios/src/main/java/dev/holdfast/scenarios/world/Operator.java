package dev.holdfast.scenarios.world;

import java.util.ArrayList;
import java.util.List;

/**
 * What is done to server machines: killed, asked to stop, switched off. Of several faults that do
 * the same to one machine the last to end ends it.
 */
final class Operator {
  private record Hold(VirtualServer server, Mischief by) {}

  private final VirtualNetwork network;
  private final List<Hold> killed = new ArrayList<>();
  private final List<Hold> stopped = new ArrayList<>();

  Operator(VirtualNetwork network) {
    this.network = network;
  }

  /** A server's process is killed. */
  void kill(VirtualServer server, Mischief by) {
    killed.add(new Hold(server, by));
    if (!server.isDown()) {
      by.bit();
      network.crash(server);
    }
  }

  /** Its process may start again. */
  void revive(VirtualServer server, Mischief by) {
    if (released(killed, server, by) && server.isDown()) {
      server.restart();
    }
  }

  /** A server is asked to end, in its own time. */
  void stop(VirtualServer server, Mischief by, long retryAfterMs, long deadlineMs) {
    if (!server.isDown()) {
      by.bit();
      stopped.add(new Hold(server, by));
      server.drain(retryAfterMs, deadlineMs, true);
    }
  }

  /** Its process is replaced, unless that has happened for another reason. */
  void replace(VirtualServer server, Mischief by) {
    if (released(stopped, server, by) && !server.isDown() && server.isStopping()) {
      network.crash(server);
      server.restart();
    }
  }

  /** The kill switch: sockets off, HTTP instead. */
  void switchOff(Mischief by, long retryAfterMs, long deadlineMs) {
    by.bit();
    network.weather().begins(by, new Wrong.SocketsOff());
    for (VirtualServer server : network.servers()) {
      if (!server.isDown()) {
        server.drain(retryAfterMs, deadlineMs, false);
      }
    }
  }

  void switchOn(Mischief by) {
    network.weather().ends(by);
    if (network.weather().has(Wrong.SocketsOff.class)) {
      return;
    }
    for (VirtualServer server : network.servers()) {
      if (!server.isDown() && !server.isStopping()) {
        server.undrain();
      }
    }
  }

  /** Whether this fault held the machine and was the last to. */
  private static boolean released(List<Hold> holds, VirtualServer server, Mischief by) {
    boolean held = holds.remove(new Hold(server, by));
    return held && holds.stream().noneMatch(hold -> hold.server().equals(server));
  }
}
