package dev.holdfast.cli.gate;

import dev.holdfast.load.LoadRun.Storm;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** The reference server, stopped and started again on its port when a storm is due. */
final class RestartedReference implements AutoCloseable, Storm {
  private static final long DRAIN_MS = 1_000;

  private final Path auditDirectory;
  private ReferenceServer server;

  private RestartedReference(Path auditDirectory, ReferenceServer server) {
    this.auditDirectory = auditDirectory;
    this.server = server;
  }

  static RestartedReference start(Path auditDirectory) throws IOException {
    return new RestartedReference(auditDirectory, server(auditDirectory, 0));
  }

  private static ReferenceServer server(Path auditDirectory, int port) throws IOException {
    return ReferenceServer.start(
        ServerOptions.builder()
            .port(port)
            .auditDirectory(auditDirectory)
            .drainMs(DRAIN_MS)
            .build());
  }

  URI wsUrl() {
    return URI.create(server.wsUrl());
  }

  URI httpUrl() {
    return URI.create(server.httpUrl());
  }

  @Override
  public void breaks() throws IOException {
    int port = server.port();
    server.stop();
    server = server(auditDirectory, port);
  }

  @Override
  public void close() {
    server.close();
  }
}
