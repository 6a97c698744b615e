package dev.holdfast.proxy.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.proxy.engine.EmbeddedEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Shopify's own command line drives the embedded engine. */
@Tag("ci")
final class ForeignClientsTest {
  private static final String CLI = "HOLDFAST_TOXIPROXY_CLI";

  @Test
  void toxiproxyCliDrivesTheEmbeddedEngine() throws Exception {
    String cli = System.getenv(CLI);
    if (cli == null) {
      System.err.println("\u001b[31mNOT RUN: set " + CLI + " to the toxiproxy-cli binary\u001b[0m");
    }
    assumeTrue(cli != null, CLI + " is not set");
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

  private static String run(String cli, String host, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(cli, "-h", host));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(10, TimeUnit.SECONDS), command.toString());
    assertEquals(0, process.exitValue(), command + ": " + output);
    return output;
  }
}
