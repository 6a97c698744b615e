package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.server.agent.EchoAgent;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SlowConsumerTest {
  private static final int OUTBOUND_BYTES = 64 << 10;
  private static final int RECEIVE_BUFFER = 32 << 10;

  private static ReferenceServer server(long closeMs) throws IOException {
    return ReferenceServer.start(
        ServerOptions.builder()
            .agent(new EchoAgent())
            .limits(
                Limits.STANDARD.withOutboundBytes(OUTBOUND_BYTES).withDeadlines(closeMs, 30_000))
            .build());
  }

  /** Says more than all buffers between hold, and reads nothing of the answers. */
  private static void talkWithoutListening(ReferenceServer server, RawClient client) {
    client.untilStatus("connected");
    String content = "x".repeat(OUTBOUND_BYTES / 2);
    int said = 0;
    while (said < 1_000 && !isLeft(server) && says(client, content)) {
      said++;
    }
    Awaitility.await().until(() -> isLeft(server));
  }

  /** False once the server has dropped the socket. */
  private static boolean says(RawClient client, String content) {
    try {
      client.say(content);
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static boolean isLeft(ReferenceServer server) {
    String metrics = Http.get(server, "/metrics").body();
    return metrics.contains("holdfast_disconnects_total{code=\"4002\"} 1.0");
  }

  @Test
  void closes4002WhileOthersAreServed() throws IOException {
    try (ReferenceServer server = server(60_000);
        RawClient slow = RawClient.dial(server, RECEIVE_BUFFER, "?session_id=slow");
        RawClient healthy = RawClient.core(server, "healthy")) {
      talkWithoutListening(server, slow);
      healthy.say("hello");
      assertTrue(healthy.answer().contains("hello"));
      assertEquals(4002, slow.closeCode());
    }
  }

  @Test
  void dropsTheSocketOfAPeerThatNeverReadsAgain() throws IOException {
    try (ReferenceServer server = server(100);
        RawClient slow = RawClient.dial(server, RECEIVE_BUFFER, "?session_id=slow")) {
      talkWithoutListening(server, slow);
      Awaitility.await().until(() -> server.connections() == 0);
    }
  }
}
