package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Unclear;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Situations that the cases of several sections begin with. */
final class Situations {
  private static final int CONNECT_MS = 5_000;

  /** A fresh session has one connection, and its greeting came. */
  static final Situation<Bench, Talk> GREETED =
      new Situation<>("a connection to a fresh session was greeted", Bench::connect);

  /** The target is there, whatever it thinks of handshakes. */
  static final Situation<Bench, Bench> LISTENS =
      new Situation<>("the target accepted a TCP connection", Situations::listens);

  /** A session where the agent is known to answer. */
  static final Situation<Bench, Talk> ANSWERED =
      new Situation<>("a message on a fresh connection was answered", Situations::answered);

  private Situations() {}

  private static Bench listens(Bench b) throws Finds {
    URI url = b.target().url();
    int port = url.getPort() >= 0 ? url.getPort() : "wss".equals(url.getScheme()) ? 443 : 80;
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(url.getHost(), port), CONNECT_MS);
      return b;
    } catch (IOException e) {
      throw new Unclear("nothing is listening at " + url + ": " + e.getMessage());
    }
  }

  static Talk answered(Bench b) throws Finds, InterruptedException {
    Talk talk = b.connect();
    talk.says(b.plain());
    talk.answer();
    return talk;
  }
}
