package dev.holdfast.proxy.contract;

import dev.holdfast.proxy.engine.FaultEngine;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of ours behind one proxy of an engine, and a client that can connect to it. */
final class Bench implements AutoCloseable {
  private static final AtomicInteger NAMES = new AtomicInteger();

  final FaultEngine engine;
  final ToxiproxyClient client;
  final ServerSocket server;
  final Proxy proxy;
  final Site site;
  private final int patienceMs;
  private final List<Wire> open = new ArrayList<>();

  Bench(FaultEngine engine) throws IOException {
    this(engine, Wire.PATIENCE_MS);
  }

  /** A bench that waits this long, in milliseconds, for what must come. */
  Bench(FaultEngine engine, int patienceMs) throws IOException {
    this.engine = engine;
    this.patienceMs = patienceMs;
    this.client = new ToxiproxyClient(engine.api().getHost(), engine.api().getPort());
    this.site = Site.of(engine);
    this.server = new ServerSocket(0, 1_100, site.server());
    this.proxy = client.createProxy("bench" + NAMES.incrementAndGet(), site.listen(), upstream());
  }

  String upstream() {
    return upstream(server);
  }

  /** How the engine writes the address of a server of ours. */
  static String upstream(ServerSocket server) {
    return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
  }

  /** Connects to any proxy of this engine by what it says of its address. */
  Wire dial(String listen) throws IOException {
    return Wire.connect(site.reach(listen), patienceMs);
  }

  /** A connection through the proxy, both its ends. */
  record Pair(Wire client, Wire server) {}

  Pair connect() throws IOException {
    Wire near = keep(dial(proxy.getListen()));
    server.setSoTimeout(Wire.PATIENCE_MS);
    return new Pair(near, accept());
  }

  Wire accept() throws IOException {
    Socket socket = server.accept();
    return keep(new Wire(socket, patienceMs));
  }

  Wire keep(Wire wire) {
    open.add(wire);
    return wire;
  }

  @Override
  public void close() throws IOException {
    for (Wire wire : open) {
      wire.close();
    }
    proxy.delete();
    server.close();
  }
}
