package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.wire.RawPeer;
import java.io.IOException;
import java.util.Locale;

/** A way in which a connection ends by its client. */
public enum Ending {
  /** TCP's polite end, without a close frame: a process that exited. */
  FIN {
    @Override
    void end(RawPeer peer) throws IOException {
      peer.fin();
    }
  },
  /** TCP's rude end: a network that lost its mind. */
  RST {
    @Override
    void end(RawPeer peer) throws IOException {
      peer.reset();
    }
  },
  /** A close frame as a browser sends it that leaves the page. */
  CLOSE {
    @Override
    void end(RawPeer peer) throws IOException {
      if (peer.isOpen()) {
        peer.closeFrame(GOING_AWAY);
      }
    }
  };

  private static final int GOING_AWAY = 1001;

  abstract void end(RawPeer peer) throws IOException;

  /** As in an address. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
