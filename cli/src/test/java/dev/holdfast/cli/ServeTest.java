package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.result.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Commands that run until they are told to stop. */
class ServeTest {

  private static Spoken toldToStop(ExitCode signal, String... args) throws Exception {
    FakeSignals signals = new FakeSignals();
    CompletableFuture<Spoken> running =
        CompletableFuture.supplyAsync(() -> Spoken.by(signals, Map.of(), args));
    Awaitility.await().until(() -> signals.watched() || running.isDone());
    signals.send(signal);
    return running.get();
  }

  @Test
  void drainsAndExits0WhenToldToStop() throws Exception {
    Spoken spoken = toldToStop(ExitCode.TERMINATED, "serve", "--store", "memory", "--port", "0");

    assertEquals(0, spoken.exitCode(), spoken::err);
    assertEquals(1, spoken.outLines().size(), spoken::out);
    assertTrue(spoken.out().matches("serving ws://127.0.0.1:\\d+/ws/chat and http://\\S+\\s+"));
  }

  @Test
  void tellsAProgramWhereItServes() throws Exception {
    Spoken spoken =
        toldToStop(ExitCode.INTERRUPTED, "serve", "--store", "memory", "--port", "0", "--json");

    assertTrue(spoken.out().startsWith("{\"event\":\"serving\",\"ws\":\"ws://"), spoken::out);
  }

  @Test
  void aPortThatIsTakenIsToldWithARemedy() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      Spoken server = Spoken.by("serve", "--store", "memory", "--port", port);
      Spoken proxy = Spoken.by("proxy", "--api-port", port);

      assertEquals(64, server.exitCode());
      assertTrue(server.err().contains("give another --port"), server::err);
      assertEquals(64, proxy.exitCode());
      assertTrue(proxy.err().contains("give another --api-port"), proxy::err);
    }
  }

  @Test
  void aProxyNamesItsApiAndItsLink() throws Exception {
    Spoken spoken =
        toldToStop(
            ExitCode.INTERRUPTED,
            "proxy",
            "--api-port",
            "0",
            "--listen",
            "127.0.0.1:0",
            "--upstream",
            "127.0.0.1:9");

    assertEquals(130, spoken.exitCode(), spoken::err);
    assertTrue(spoken.out().contains("fault proxy with its API at http://127.0.0.1:"));
    assertTrue(spoken.out().contains("leads to 127.0.0.1:9"), spoken::out);
  }
}
