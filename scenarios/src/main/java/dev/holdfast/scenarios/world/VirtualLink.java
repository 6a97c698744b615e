package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Frame;

/**
 * One connection through the simulated network: two streams that keep their order, and a fate.
 *
 * <p>Texts travel as the codec writes them; each side reads what arrives.
 */
final class VirtualLink {
  private final Agenda agenda;
  private final VirtualNetwork network;
  private final String serverName;
  private final String session;
  private final int number;
  private final VirtualClient client;
  private long clientHearsFrom;
  private long serverHearsFrom;
  private boolean silent;
  private boolean clientEnded;
  private boolean serverEnded;

  VirtualLink(
      Agenda agenda,
      VirtualNetwork network,
      VirtualClient client,
      int number,
      String session,
      String serverName) {
    this.agenda = agenda;
    this.network = network;
    this.client = client;
    this.number = number;
    this.session = session;
    this.serverName = serverName;
  }

  /** The server's name for this connection. */
  String serverName() {
    return serverName;
  }

  String session() {
    return session;
  }

  void toServer(Frame frame) {
    String text = Codec.encode(frame);
    serverHearsFrom = arrival(serverHearsFrom);
    agenda.at(
        serverHearsFrom,
        () -> {
          if (!serverEnded && heardAtAll()) {
            network.server().received(this, text);
          }
        });
  }

  void toClient(Frame frame) {
    String text = Codec.encode(frame);
    clientHearsFrom = arrival(clientHearsFrom);
    agenda.at(
        clientHearsFrom,
        () -> {
          if (!clientEnded && heardAtAll()) {
            client.received(number, text);
          }
        });
  }

  private boolean heardAtAll() {
    if (silent) {
      network.bit();
    }
    return !silent;
  }

  /** When something sent now arrives: never before what was sent earlier. */
  private long arrival(long notBefore) {
    return Math.max(notBefore, agenda.now() + network.delayMs() * Tick.NANOS_PER_MS);
  }

  /** The client closes; the server learns it behind what is still under way. */
  void closedByClient(int code, String reason) {
    clientEnded = true;
    agenda.at(arrival(serverHearsFrom), () -> endServer(code, reason));
  }

  void closedByServer(int code, String reason) {
    serverEnded = true;
    agenda.at(arrival(clientHearsFrom), () -> endClient(code, reason));
    network.forget(this);
  }

  /** Both sides see an unclean end now; what was under way is lost. */
  void cut() {
    endClient(CloseCode.ABNORMAL, "cut");
    endServer(CloseCode.ABNORMAL, "cut");
    network.forget(this);
  }

  /** Nothing arrives any more, and nobody is told. */
  void goSilent() {
    silent = true;
  }

  private void endClient(int code, String reason) {
    if (!clientEnded && heardAtAll()) {
      clientEnded = true;
      client.closed(number, code, reason);
    }
  }

  private void endServer(int code, String reason) {
    if (!serverEnded && heardAtAll()) {
      serverEnded = true;
      network.server().closed(this, code, reason);
      network.forget(this);
    }
  }
}
