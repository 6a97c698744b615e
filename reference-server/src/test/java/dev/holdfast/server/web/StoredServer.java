package dev.holdfast.server.web;

import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;

/** The main of a server that can be killed: it keeps its sessions in a file and tells its port. */
public final class StoredServer {
  private StoredServer() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    try (ReferenceServer server =
        ReferenceServer.start(ServerOptions.builder().port(port).store(Path.of(args[1])).build())) {
      System.out.println(server.port());
      while (System.in.read() >= 0) {
        // its owner's end of the pipe is its life
      }
    }
  }
}
