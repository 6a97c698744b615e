package dev.holdfast.cli.gate;

import dev.holdfast.scenarios.rollout.HttpTransports;
import dev.holdfast.scenarios.rollout.KillSwitchDrill;
import dev.holdfast.scenarios.rollout.RolloutCheck;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.net.URI;

/** A reference server of its own, whose flag may be set and which may be started anew. */
final class ReferenceFlag implements RolloutCheck.Flag, AutoCloseable {
  private double percent = 100;
  private ReferenceServer server;
  private HttpTransports transports;

  private ReferenceFlag() throws IOException {
    server = ReferenceServer.start(options().build());
    transports = new HttpTransports(URI.create(server.httpUrl()));
  }

  private static ServerOptions.Builder options() {
    return ServerOptions.builder().drainMs(KillSwitchDrill.DRAIN_MS);
  }

  static ReferenceFlag start() throws IOException {
    return new ReferenceFlag();
  }

  URI ws() {
    return URI.create(server.wsUrl());
  }

  URI http() {
    return URI.create(server.httpUrl());
  }

  /** The kill switch, for everybody. */
  void enable(boolean enabled) throws IOException, InterruptedException {
    transports.set(enabled, 100);
  }

  @Override
  public boolean websocket(String userId, String sessionId)
      throws IOException, InterruptedException {
    return transports.websocket(userId, sessionId);
  }

  @Override
  public void set(double wanted) throws IOException, InterruptedException {
    percent = wanted;
    transports.set(true, wanted);
  }

  @Override
  public void restart() throws IOException {
    close();
    server = ReferenceServer.start(options().rollout(true, percent).build());
    transports = new HttpTransports(URI.create(server.httpUrl()));
  }

  @Override
  public void close() {
    server.close();
  }
}
