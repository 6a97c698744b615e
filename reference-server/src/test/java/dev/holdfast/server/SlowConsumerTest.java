package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.server.agent.EchoAgent;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.RawClient;
import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SlowConsumerTest {

  @Test
  void closes4002WhileOthersAreServed() throws IOException {
    Limits small = Limits.STANDARD.withOutboundBytes(256 << 10);
    ServerOptions options = ServerOptions.builder().agent(new EchoAgent()).limits(small).build();
    try (ReferenceServer server = ReferenceServer.start(options);
        RawClient slow = RawClient.dial(server, 4 << 10, "?session_id=slow");
        RawClient healthy = RawClient.core(server, "healthy")) {
      String content = "x".repeat(100 << 10);
      for (int i = 0; i < 100; i++) {
        slow.say(content);
      }
      Awaitility.await().until(() -> metrics(server).contains("disconnects_total{code=\"4002\"}"));
      healthy.say("hello");
      assertTrue(healthy.answer().contains("hello"));
      assertEquals(4002, slow.closeCode());
    }
  }

  @Test
  void dropsTheSocketOfAPeerThatNeverReadsAgain() throws IOException {
    Limits small = Limits.STANDARD.withOutboundBytes(256 << 10).withDeadlines(100, 30_000);
    ServerOptions options = ServerOptions.builder().agent(new EchoAgent()).limits(small).build();
    try (ReferenceServer server = ReferenceServer.start(options);
        RawClient slow = RawClient.dial(server, 4 << 10, "?session_id=slow")) {
      for (int i = 0; i < 100; i++) {
        slow.say("x".repeat(100 << 10));
      }
      Awaitility.await().until(() -> server.connections() == 0);
      assertTrue(metrics(server).contains("disconnects_total{code=\"4002\"} 1.0"));
    }
  }

  private static String metrics(ReferenceServer server) {
    return Http.get(server, "/metrics").body();
  }
}
