package dev.holdfast.server.hostile;

import dev.holdfast.server.Limits;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.agent.ScriptedAgent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The main of a server that tells its port, and for each line it reads its heap after a GC. */
public final class HeapServer {
  private HeapServer() {}

  public static void main(String[] args) throws IOException {
    Limits limits = Limits.STANDARD.withConnections(20_000, 20_000);
    try (ReferenceServer server =
            ReferenceServer.start(
                ServerOptions.builder().limits(limits).agent(ScriptedAgent.instant()).build());
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(server.port());
      while (in.readLine() != null) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.println(runtime.totalMemory() - runtime.freeMemory());
      }
    }
  }
}
