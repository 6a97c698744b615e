package dev.holdfast.proxy.contract;

import dev.holdfast.proxy.engine.FaultEngine;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.InetAddress;
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
  private final List<Wire> open = new ArrayList<>();

  Bench(FaultEngine engine) throws IOException {
    this.engine = engine;
    this.client = new ToxiproxyClient(engine.api().getHost(), engine.api().getPort());
    this.server = new ServerSocket(0, 1_100, InetAddress.getLoopbackAddress());
    this.proxy = client.createProxy("bench" + NAMES.incrementAndGet(), "127.0.0.1:0", upstream());
  }

  String upstream() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** A connection through the proxy, both its ends. */
  record Pair(Wire client, Wire server) {}

  Pair connect() throws IOException {
    Wire near = keep(Wire.connect(proxy.getListen()));
    server.setSoTimeout(5_000);
    return new Pair(near, accept());
  }

  Wire accept() throws IOException {
    Socket socket = server.accept();
    return keep(new Wire(socket));
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
