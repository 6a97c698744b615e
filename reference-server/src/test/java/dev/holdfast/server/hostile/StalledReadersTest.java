package dev.holdfast.server.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.server.Limits;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.agent.EchoAgent;
import dev.holdfast.server.wire.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Peers that ask for much and read nothing cannot slow down one that behaves. */
@Isolated("its times count")
class StalledReadersTest {
  private static final int RECEIVE_BUFFER = 4_096;
  private static final int ROUNDS = 3;
  private static final double MOST_FACTOR = 2;
  private static final String LONG = "x".repeat(48_000);

  @Test
  @Tag("ci")
  void twoHundredDoNotMoveAHealthyClient() throws IOException {
    compare(200, 1_000);
  }

  @Test
  @Tag("lab")
  void twoThousandDoNotMoveAHealthyClient() throws IOException {
    compare(2_000, 2_000);
  }

  private static void compare(int stalled, int samples) throws IOException {
    double[] factors = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      factors[round] = factor(stalled, samples);
    }
    Arrays.sort(factors);
    System.out.println(stalled + " stalled readers: p99 factors " + Arrays.toString(factors));
    assertTrue(factors[ROUNDS / 2] <= MOST_FACTOR, Arrays.toString(factors));
  }

  private static double factor(int count, int samples) throws IOException {
    Limits limits =
        Limits.STANDARD
            .withOutboundBytes(256 << 10)
            .withDeadlines(1_000, 30_000)
            .withMessagesPerSecond(1_000_000); // nobody is turned away for being quick
    List<RawClient> stalled = new ArrayList<>();
    try (ReferenceServer server =
            ReferenceServer.start(
                ServerOptions.builder().agent(new EchoAgent()).limits(limits).build());
        RawClient healthy = RawClient.core(server, "healthy")) {
      p99(healthy, samples);
      long before = p99(healthy, samples);
      for (int i = 0; i < count; i++) {
        RawClient client = RawClient.dial(server, RECEIVE_BUFFER, "?session_id=stalled-" + i);
        for (int k = 0; k < 4; k++) {
          client.say(LONG);
        }
        stalled.add(client);
      }
      long with = p99(healthy, samples);
      System.out.printf("p99 %,d us alone, %,d us among %d%n", before, with, count);
      return (double) with / before;
    } finally {
      stalled.forEach(RawClient::close);
    }
  }

  private static long p99(RawClient client, int samples) {
    long[] micros = new long[samples];
    for (int i = 0; i < samples; i++) {
      long from = System.nanoTime();
      client.say("hello");
      client.answer();
      micros[i] = (System.nanoTime() - from) / 1_000;
    }
    Arrays.sort(micros);
    return micros[samples * 99 / 100];
  }
}
