package dev.holdfast.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.testing.PatientWaits;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final long PATIENCE_MS = PatientWaits.PATIENCE.toMillis();

  /** Long after the answer: only the lost connection is still to be waited for. */
  private static final long AFTER_MS = 200;

  /** The network is back before the client has noticed that it was gone. */
  @Test
  void whoLosesTheNetworkForAMomentIsConnectedAgainWhenItIsOver() throws Exception {
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build())) {
      LoadPlan plan =
          LoadPlan.of(LoadProfile.SMOKE, URI.create(server.wsUrl())).withAnswerTimeout(PATIENCE_MS);
      Meter meter = new Meter();
      Conversation person = new Conversation("p1-1", Profile.CORE, plan, 7, meter, RequestLog.NONE);
      assertTrue(person.connect().get(PATIENCE_MS, TimeUnit.MILLISECONDS));

      person
          .sayAndDrop("hi", System.nanoTime(), AFTER_MS, 0)
          .get(PATIENCE_MS, TimeUnit.MILLISECONDS);
      var unused = person.leave();

      assertEquals(0, meter.counts().stranded());
      assertEquals(1, meter.counts().reconnects());
    }
  }
}
