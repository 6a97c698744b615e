package dev.holdfast.scenarios.chaos;

import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.server.Limits;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The main of a reference server that a scenario may end: {@code PORT STORE} and the scenario's
 * settings, {@code resume_ttl_ms=800}. It keeps its sessions in STORE, or in memory for {@code
 * none}, as the chaos stage has it.
 */
public final class OwnReference {
  private OwnReference() {}

  /** The command that starts one as a scenario needs it. */
  static List<String> command(Scenario scenario) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OwnReference.class.getName(),
                ServerProcess.PORT,
                scenario.durability().equals(History.NO_DURABILITY)
                    ? History.NO_DURABILITY
                    : "{folder}/sessions.db"));
    scenario.server().forEach((name, value) -> command.add(name + "=" + value));
    return command;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, Long> settings = new HashMap<>();
    for (String setting : List.of(args).subList(2, args.length)) {
      String[] words = setting.split("=", 2);
      settings.put(words[0], Long.parseLong(words[1]));
    }
    ServerConfig standard = ServerConfig.STANDARD;
    Long ttl = settings.getOrDefault("resume_ttl_ms", standard.resumeTtlMs());
    Long unread = settings.getOrDefault(Scenario.OUTBOUND_BYTES, Limits.STANDARD.outboundBytes());
    ServerOptions.Builder options =
        ServerOptions.builder()
            .port(Integer.parseInt(args[0]))
            .config(
                standard.withRetention(ttl, standard.replayMaxFrames(), standard.replayMaxBytes()))
            .limits(Limits.STANDARD.withOutboundBytes(unread));
    if (!args[1].equals(History.NO_DURABILITY)) {
      options.store(Path.of(args[1]));
    }
    ReferenceServer server = ReferenceServer.start(options.build());
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    Thread.currentThread().join();
  }
}
