package dev.holdfast.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.client.testing.Clients;
import dev.holdfast.client.testing.TestServer;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it counts the threads of the process")
class CrowdTest {
  private static final int PEOPLE = 500;

  @Test
  void fiveHundredClientsNeedNoThreadEach() throws IOException {
    AtomicInteger answered = new AtomicInteger();
    ClientListener counting =
        new ClientListener() {
          @Override
          public void onSettled(String id, Outcome outcome, @Nullable String code) {
            answered.incrementAndGet();
          }
        };
    int before = Thread.getAllStackTraces().size();
    try (TestServer server = TestServer.echoing()) {
      List<SimClient> crowd =
          IntStream.range(0, PEOPLE)
              .mapToObj(i ->
                  ClientOptions.of("p" + i, server.url())
                      .with(Clients.core())
                      .withListener(counting))
              .map(SimClient::new)
              .toList();
      crowd.forEach(SimClient::connect);
      await().until(() -> crowd.stream().allMatch(c -> c.state() == LinkState.CONNECTED));
      crowd.forEach(c -> c.say("hi"));
      await().until(() -> answered.get() == PEOPLE);
      int during = Thread.getAllStackTraces().size();
      assertTrue(during - before < 40, "platform threads: " + before + " before, " + during);
      crowd.parallelStream().forEach(SimClient::close);
      await().until(() -> server.openSockets() == 0);
      assertEquals(PEOPLE, server.peers().size());
    }
  }
}
