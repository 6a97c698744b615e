package dev.holdfast.proxy.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.proxy.engine.EmbeddedEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that others wrote for Toxiproxy drive the embedded engine as they drive the real one. */
@Tag("ci")
final class ForeignClientsTest {
  private static final String CLI = "HOLDFAST_TOXIPROXY_CLI";
  private static final Path NODE_FOLDER = Path.of("src", "test", "node");

  @Test
  void toxiproxyCliDrivesTheEmbeddedEngine() throws Exception {
    String cli = Tools.named(CLI, "the toxiproxy-cli binary");
    try (EmbeddedEngine engine = EmbeddedEngine.start(0, 1)) {
      String host = engine.api().toString();
      run(cli, host, "create", "-l", "127.0.0.1:0", "-u", "127.0.0.1:9", "shop");
      assertTrue(run(cli, host, "list").contains("shop"));
      run(cli, host, "toxic", "add", "-t", "latency", "-a", "latency=100", "-n", "slow", "shop");
      run(cli, host, "toxic", "update", "-n", "slow", "-a", "jitter=5", "shop");
      String inspected = run(cli, host, "inspect", "shop");
      assertTrue(inspected.contains("jitter=5") && inspected.contains("latency=100"), inspected);
      run(cli, host, "toxic", "remove", "-n", "slow", "shop");
      run(cli, host, "toggle", "shop");
      run(cli, host, "delete", "shop");
      assertTrue(!run(cli, host, "list").contains("shop"));
    }
  }

  @Test
  void theNodeClientDrivesTheEmbeddedEngine() throws Exception {
    String node = node();
    try (EmbeddedEngine engine = EmbeddedEngine.start(0, 1)) {
      assertTrue(driveWithNode(node, engine.api().toString()).contains("agrees"));
    }
  }

  /** The same script against the real one shows that the script asks for nothing of ours. */
  @Test
  void theNodeClientDrivesTheRealOne() throws Exception {
    String node = node();
    assertTrue(driveWithNode(node, Engines.external().api().toString()).contains("agrees"));
  }

  private static String node() {
    String node = Tools.named("HOLDFAST_NODE", "node, 20 or newer");
    Tools.require(
        Files.isDirectory(NODE_FOLDER.resolve("node_modules")),
        "run npm ci in fault-proxy/" + NODE_FOLDER);
    return node;
  }

  private static String driveWithNode(String node, String api)
      throws IOException, InterruptedException {
    return run(List.of(node, NODE_FOLDER.resolve("drive.mjs").toString(), api));
  }

  private static String run(String cli, String host, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(cli, "-h", host));
    command.addAll(List.of(args));
    return run(command);
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), command.toString());
    assertEquals(0, process.exitValue(), command + ": " + output);
    return output;
  }
}
