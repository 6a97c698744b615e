package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.server.wire.HeldAgent;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.RawClient;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it looks for threads of other servers too")
class EndTest {

  private static ReferenceServer server() throws IOException {
    return ReferenceServer.start(options().build());
  }

  private static ServerOptions.Builder options() {
    return ServerOptions.builder().drainMs(600_000);
  }

  @Test
  void stopLetsTheRunFinishAndCloses1012() throws IOException {
    HeldAgent agent = new HeldAgent();
    ReferenceServer server = ReferenceServer.start(options().agent(agent).build());
    try (RawClient ana = RawClient.core(server, "s-1")) {
      ana.say("finish me");
      ana.untilStatus("processing");
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);
      ana.untilStatus("drain");
      assertEquals(503, RawClient.dial(server, "?session_id=s-2").status());
      assertEquals(503, Http.post(server, "/api/chat", "{\"message\":\"a\"}").status());
      agent.release();
      assertTrue(ana.answer().contains("finish me"));
      assertEquals(1012, ana.closeCode());
      stopped.join();
    }
  }

  @Test
  void closeInterruptsTheRunAndSaysSo() throws IOException {
    ReferenceServer server = server();
    try (RawClient ana = RawClient.core(server, "s-1")) {
      ana.say("#agent slow_ms=60000\nnever");
      ana.untilStatus("processing");
      CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
      assertEquals(
          "interrupted", ana.untilType("error").getLast().path("data").path("code").asText());
      assertEquals(1012, ana.closeCode());
      closed.join();
    }
  }

  @Test
  void aPeerThatDoesNotCloseCannotHoldTheServer() throws IOException {
    Limits hasty = Limits.STANDARD.withDeadlines(100, 30_000);
    ReferenceServer server = ReferenceServer.start(ServerOptions.builder().limits(hasty).build());
    try (RawClient ana = RawClient.core(server, "s-1")) {
      Thread stopping = Thread.ofVirtual().start(server::stop);
      Awaitility.await().until(() -> !stopping.isAlive());
      assertEquals(1012, ana.closeCode());
    }
  }

  @Test
  void killSaysNothing() throws IOException {
    ReferenceServer server = server();
    try (RawClient ana = RawClient.core(server, "s-1")) {
      ana.say("#agent slow_ms=60000\nnever");
      ana.untilStatus("processing");
      server.kill();
      assertEquals(RawClient.NO_CLOSE_FRAME, ana.closeCode());
    }
  }

  @Test
  void startsAgainOnTheSamePort() throws IOException {
    ReferenceServer first = server();
    RawClient ana = RawClient.core(first, "s-1");
    first.kill();
    try (ReferenceServer second =
        ReferenceServer.start(ServerOptions.builder().port(first.port()).build())) {
      RawClient.core(second, "s-1").close();
    }
    ana.close();
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    try (ReferenceServer first = server()) {
      ServerOptions same = ServerOptions.builder().port(first.port()).build();
      BindException taken = assertThrows(BindException.class, () -> ReferenceServer.start(same));
      assertTrue(taken.toString().contains("cannot listen on 127.0.0.1:" + first.port()));
    }
  }

  @Test
  void leavesNoThreadBehind() throws IOException {
    ReferenceServer server = server();
    RawClient.core(server, "s-1").close();
    server.close();
    Awaitility.await()
        .until(() ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("holdfast-server")));
  }
}
