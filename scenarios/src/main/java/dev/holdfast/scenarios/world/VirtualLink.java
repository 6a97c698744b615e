package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;

/**
 * One connection through the simulated network: a lane each way, and a fate.
 *
 * <p>Texts travel as the codec writes them; each side reads what arrives.
 */
final class VirtualLink {
  private final VirtualNetwork network;
  private final VirtualServer server;
  private final VirtualClient client;
  private final int number;
  private final String session;
  private final String serverName;
  private final Lane up;
  private final Lane down;
  private boolean closedByServer;

  VirtualLink(
      Agenda agenda,
      VirtualNetwork network,
      VirtualServer server,
      VirtualClient client,
      int number,
      String session,
      String serverName) {
    this.network = network;
    this.server = server;
    this.client = client;
    this.number = number;
    this.session = session;
    this.serverName = serverName;
    up = new Lane(agenda, network, client, new AtServer());
    down = new Lane(agenda, network, client, new AtClient());
  }

  private final class AtServer implements Lane.Receiver {
    @Override
    public void text(String text) {
      server.received(VirtualLink.this, text);
    }

    @Override
    public void end(int code, String reason) {
      network.forget(VirtualLink.this);
      server.closed(VirtualLink.this, code, reason);
    }
  }

  private final class AtClient implements Lane.Receiver {
    @Override
    public void text(String text) {
      client.received(number, text);
    }

    @Override
    public void end(int code, String reason) {
      client.closed(number, code, reason);
      if (closedByServer) {
        network.later(client, () -> server.closedAlready(VirtualLink.this, code, reason));
      }
    }
  }

  /** The server's name for this connection. */
  String serverName() {
    return serverName;
  }

  /** The client's number for it. */
  int number() {
    return number;
  }

  String session() {
    return session;
  }

  VirtualServer server() {
    return server;
  }

  VirtualClient client() {
    return client;
  }

  void toServer(String text) {
    network.passed(this, true, text).forEach(up::send);
    network.carried(this);
  }

  void toClient(Frame frame) {
    network.passed(this, false, Codec.encode(frame)).forEach(down::send);
    network.carried(this);
    if (down.waitingChars() > network.outboundBytes()) {
      down.fill();
      server.overflowed(this);
    } else if (down.backlog() > network.outboundLimit()) {
      server.overflowed(this);
    }
  }

  /** The client closes; the server learns it behind what is still under way. */
  void closedByClient(int code, String reason) {
    down.stop();
    up.end(code, reason);
  }

  /** The server closes; the client's answer to that comes late. */
  void closedByServer(int code, String reason) {
    closedByServer = true;
    up.stop();
    down.end(code, reason);
    network.forget(this);
  }

  /** Both sides see an unclean end now; what was under way is lost. */
  void cut() {
    boolean tellsServer = !up.over() && !up.lost();
    cutClient();
    if (tellsServer) {
      endServer();
    }
  }

  /** The client's side ends uncleanly; the server is not told. */
  void cutClient() {
    if (!down.over() && !down.lost()) {
      down.stop();
      client.closed(number, CloseCode.ABNORMAL, "cut");
    }
    up.lose();
  }

  /** The server's side ends uncleanly; the client is not told. */
  void cutServer() {
    if (!up.over() && !up.lost()) {
      endServer();
    }
    down.lose();
  }

  private void endServer() {
    up.stop();
    network.forget(this);
    server.closed(this, CloseCode.ABNORMAL, "cut");
  }

  /** Both streams end behind what is under way, without a close frame. */
  void finish() {
    up.end(CloseCode.ABNORMAL, "the stream ended");
    down.end(CloseCode.ABNORMAL, "the stream ended");
  }

  /** The process behind the server's side is gone: nothing more comes from there. */
  void serverDied() {
    up.stop();
    network.forget(this);
  }

  /** Nothing arrives any more; what is lost so is a fault's doing, where there is one. */
  void silence(@Nullable Mischief by, boolean upward, boolean downward) {
    if (upward) {
      up.lose(by);
    }
    if (downward) {
      down.lose(by);
    }
  }

  /** A silence ends: whoever may have missed something sees a reset, as from a router's. */
  void resetIfSwallowed() {
    if (!up.swallowed() && !down.swallowed()) {
      return;
    }
    if (!down.over()) {
      down.stop();
      client.closed(number, CloseCode.ABNORMAL, "reset");
    }
    if (!up.over()) {
      endServer();
    }
  }

  void hold(Mischief by, long untilNanos, boolean upward, boolean downward) {
    if (upward) {
      up.hold(by, untilNanos);
    }
    if (downward) {
      down.hold(by, untilNanos);
    }
  }
}
