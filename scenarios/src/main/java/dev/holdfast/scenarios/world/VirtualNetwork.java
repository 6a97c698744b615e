package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientInput;
import java.util.ArrayList;
import java.util.List;

/** The simulated network between all clients and the one server, and what is wrong with it. */
final class VirtualNetwork {
  private static final long BASE_DELAY_MS = 1;

  private final Agenda agenda;
  private final VirtualServer server;
  private final List<VirtualLink> open = new ArrayList<>();
  private boolean down;
  private long extraDelayMs;
  private long jitterMs;
  private long bites;
  private int opened;

  VirtualNetwork(Agenda agenda, VirtualServer server) {
    this.agenda = agenda;
    this.server = server;
  }

  VirtualServer server() {
    return server;
  }

  long delayMs() {
    if (extraDelayMs + jitterMs > 0) {
      bit();
    }
    return BASE_DELAY_MS + extraDelayMs + agenda.uniform(jitterMs + 1);
  }

  void forget(VirtualLink link) {
    open.remove(link);
  }

  /** A handshake: refused at once while the network is down. */
  void dial(VirtualClient client, int number, String session, boolean offersResume) {
    agenda.in(
        delayMs(),
        () -> {
          if (down || client.unplugged()) {
            bit();
            client.step(new ClientInput.Refused(number, ClientInput.Refused.UNREACHED, 0));
          } else {
            accept(client, number, session, offersResume);
          }
        });
  }

  private void accept(VirtualClient client, int number, String session, boolean offersResume) {
    if (!client.wants(number)) {
      return;
    }
    Profile profile = offersResume ? Profile.RESUME : Profile.CORE;
    var link = new VirtualLink(agenda, this, client, number, session, "c" + ++opened);
    open.add(link);
    client.opened(link, number, offersResume);
    server.opened(link, profile, client.name());
  }

  /** Cuts everything and refuses what comes, until {@link #goUp}. */
  void goDown() {
    down = true;
    for (VirtualLink link : List.copyOf(open)) {
      bit();
      link.cut();
    }
  }

  /**
   * The server's process ends; until {@link #goUp} nobody listens, and then it has forgotten all.
   */
  void crashServer() {
    bit();
    server.crash();
    goDown();
  }

  void goUp() {
    down = false;
  }

  /** Connections that are open now fall silent both ways for good; new ones work. */
  void halfOpen() {
    open.forEach(VirtualLink::goSilent);
  }

  void cutAll() {
    for (VirtualLink link : List.copyOf(open)) {
      bit();
      link.cut();
    }
  }

  void slow(long ms, long jitter) {
    extraDelayMs = ms;
    jitterMs = jitter;
  }

  /** The network did something to somebody. */
  void bit() {
    bites++;
  }

  long bites() {
    return bites;
  }
}
