package dev.holdfast.protocol.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Tick;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class HeartbeatTest {
  private static Tick at(long ms) {
    return new Tick(ms * Tick.NANOS_PER_MS, Instant.EPOCH, ms);
  }

  @Test
  void theFirstPingIsSpreadOverTheInterval() {
    long early = 0;
    for (long entropy = 0; entropy < 10_000; entropy++) {
      Heartbeat beat = Heartbeat.start(100, 50, new Tick(0, Instant.EPOCH, entropy));
      long ms = beat.nextPingAt() / Tick.NANOS_PER_MS;
      assertTrue(ms >= 0 && ms <= 100);
      early += ms < 50 ? 1 : 0;
    }
    assertTrue(early > 4_500 && early < 5_500, early + " of 10,000 in the first half");
  }

  @Test
  void silenceAfterAPingIsTheEnd() {
    Heartbeat beat = Heartbeat.start(100, 50, at(0)).pinged(at(10));
    assertFalse(beat.dead(at(59)));
    assertTrue(beat.dead(at(60)));
    assertFalse(beat.heard().dead(at(1_000)), "anything that arrives is life");
  }

  @Test
  void aSecondPingDoesNotProlongTheFirst() {
    Heartbeat beat = Heartbeat.start(20, 50, at(0)).pinged(at(0)).pinged(at(20));
    assertTrue(beat.dead(at(50)));
    assertEquals("p2", beat.pingId());
  }

  @Test
  void pingsComeAnIntervalApart() {
    Heartbeat beat = Heartbeat.start(100, 50, at(0)).pinged(at(30));
    assertFalse(beat.wantsPing(at(129)));
    assertTrue(beat.wantsPing(at(130)));
  }
}
