package dev.holdfast.scenarios.durable;

import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;

/** The main of a reference server with a store and an audit log: {@code PORT FOLDER}. */
public final class StoredServer {
  private static final long DRAIN_MS = 1_000;

  private StoredServer() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[1]);
    ReferenceServer server =
        ReferenceServer.start(
            ServerOptions.builder()
                .port(Integer.parseInt(args[0]))
                .store(folder.resolve("sessions.db"))
                .auditDirectory(folder.resolve("audit"))
                .drainMs(DRAIN_MS)
                .retryAfterMs(50)
                .build());
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    Thread.currentThread().join();
  }
}
