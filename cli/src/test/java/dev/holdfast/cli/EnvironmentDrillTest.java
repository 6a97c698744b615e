package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.scenarios.check.Checker.Truth;
import dev.holdfast.scenarios.rollout.KillSwitchDrill;
import dev.holdfast.scenarios.rollout.KillSwitchDrill.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rollback drill as an operator does it who has nothing but the environment: the server is
 * stopped and started again with {@code ENABLE_WEBSOCKET=false}, and once more with {@code true}.
 */
class EnvironmentDrillTest {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @TempDir Path folder;

  /** {@code serve}, in this JVM, with an environment of its own at each start. */
  private final class Served implements AutoCloseable {
    private final int port = freePort();
    private FakeSignals signals = new FakeSignals();
    private CompletableFuture<Spoken> running = start(true);

    private Served() throws IOException {}

    private CompletableFuture<Spoken> start(boolean enabled) {
      FakeSignals now = new FakeSignals();
      signals = now;
      String store = "sqlite:" + folder.resolve("sessions.db");
      CompletableFuture<Spoken> serving =
          CompletableFuture.supplyAsync(
              () ->
                  Spoken.by(
                      now,
                      Map.of("ENABLE_WEBSOCKET", String.valueOf(enabled)),
                      "serve",
                      "--store",
                      store,
                      "--port",
                      String.valueOf(port)),
              // The common pool may have one thread only, which HTTP clients need.
              task -> Thread.ofPlatform().daemon().start(task));
      Awaitility.await().atMost(PATIENCE).until(() -> now.watched() || serving.isDone());
      return serving;
    }

    void again(boolean enabled) {
      close();
      running = start(enabled);
    }

    @Override
    public void close() {
      if (!running.isDone()) {
        signals.send(ExitCode.TERMINATED);
      }
      assertEquals(0, running.join().exitCode(), running.join()::err);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void nobodyLosesAWordWhenTheVariableTurnsTheWebSocketOffAndOn() throws Exception {
    try (Served server = new Served()) {
      Outcome outcome =
          new KillSwitchDrill(
                  URI.create("ws://127.0.0.1:" + server.port + "/ws/chat"),
                  URI.create("http://127.0.0.1:" + server.port),
                  Profile.RESUME,
                  PATIENCE.toMillis())
              .play(3, server::again, "env", 1);

      outcome
          .judged()
          .forEach((judge, judged) -> assertEquals(Truth.TRUE, judged.truth(), judged::evidence));
      assertTrue(outcome.stranded().isEmpty(), outcome.stranded()::toString);
      assertTrue(outcome.lost().isEmpty(), outcome.lost()::toString);
      assertEquals("", outcome.differing());
    }
  }
}
