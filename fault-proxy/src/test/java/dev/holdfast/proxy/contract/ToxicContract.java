package dev.holdfast.proxy.contract;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.proxy.contract.Bench.Pair;
import dev.holdfast.proxy.contract.Wire.Arrival;
import dev.holdfast.proxy.contract.Wire.End;
import dev.holdfast.proxy.engine.FaultEngine;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.LimitData;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What each toxic does to the bytes and to the close, on any engine. */
@ResourceLock(Engines.LOCK)
abstract class ToxicContract {
  /** How much later than due what is measured may be; see {@link #assertBetween}. */
  private static final long LATE_MS = 120;

  /** Longer than anything is waited for. */
  private static final long LONG_MS = 10L * Wire.PATIENCE_MS;

  private Bench bench;

  abstract FaultEngine engine();

  /** How long what must come is waited for, and until when a measurement is taken again. */
  int patienceMs() {
    return Wire.PATIENCE_MS;
  }

  @BeforeEach
  void open() throws IOException {
    bench = new Bench(engine(), patienceMs());
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  // ---- latency

  @Test
  void latencyDelaysDownstreamOnly() throws IOException {
    bench.proxy.toxics().latency("l", DOWNSTREAM, 150);
    Pair pair = bench.connect();
    assertBetween(0, 149, () -> oneWay(pair.client(), pair.server(), 100));
    assertBetween(149, 150 + LATE_MS, () -> oneWay(pair.server(), pair.client(), 100));
  }

  @Test
  void latencyDelaysUpstreamOnly() throws IOException {
    bench.proxy.toxics().latency("l", UPSTREAM, 150);
    Pair pair = bench.connect();
    assertBetween(149, 150 + LATE_MS, () -> oneWay(pair.client(), pair.server(), 100));
    assertBetween(0, 149, () -> oneWay(pair.server(), pair.client(), 100));
  }

  @Test
  void zeroLatencyDelaysNothing() throws IOException {
    bench.proxy.toxics().latency("l", DOWNSTREAM, 0);
    Pair pair = bench.connect();
    assertBetween(0, LATE_MS, () -> oneWay(pair.server(), pair.client(), 100_000));
  }

  @Test
  void latencyLeavesThroughputAlone() throws IOException {
    bench.proxy.toxics().latency("l", DOWNSTREAM, 200);
    Pair pair = bench.connect();
    assertBetween(199, 200 + 2 * LATE_MS, () -> oneWay(pair.server(), pair.client(), 480_000));
  }

  @Test
  void twoLatenciesAddUp() throws IOException {
    bench.proxy.toxics().latency("one", DOWNSTREAM, 100);
    bench.proxy.toxics().latency("two", DOWNSTREAM, 150);
    Pair pair = bench.connect();
    assertBetween(249, 250 + LATE_MS, () -> oneWay(pair.server(), pair.client(), 100));
  }

  @Test
  void jitterStaysWithinItsBand() throws IOException {
    Latency latency = bench.proxy.toxics().latency("l", DOWNSTREAM, 100);
    latency.setJitter(60);
    Pair pair = bench.connect();
    long[] took = new long[12];
    for (int i = 0; i < took.length; i++) {
      took[i] = assertBetween(39, 160 + LATE_MS, () -> oneWay(pair.server(), pair.client(), 10));
    }
    Arrays.sort(took);
    assertTrue(took[took.length - 1] - took[0] > 10, "jitter varies: " + Arrays.toString(took));
  }

  @Test
  void removingLatencyReleasesWhatWaits() throws IOException {
    Latency latency = bench.proxy.toxics().latency("l", DOWNSTREAM, LONG_MS);
    Pair pair = bench.connect();
    pair.server().send(5_000);
    assertTrue(pair.client().silentFor(50));
    latency.remove();
    assertArrayEquals(Wire.pattern(5_000), pair.client().receive(5_000));
  }

  @Test
  void togglingLatencyLosesNothing() throws Exception {
    Pair pair = bench.connect();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              byte[] two = new byte[2];
              for (int i = 0; i < 65_535; i++) {
                two[0] = (byte) i;
                two[1] = (byte) (i >> 8);
                sendQuietly(pair.server(), two);
              }
            });
    Thread toggler =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; writer.isAlive() && i < 400; i++) {
                toggle();
              }
            });
    byte[] all = pair.client().receive(2 * 65_535);
    writer.join();
    toggler.join();
    assertEquals(2 * 65_535, all.length);
    for (int i = 0; i < 65_535; i++) {
      assertEquals(i, (all[2 * i] & 0xff) | (all[2 * i + 1] & 0xff) << 8);
    }
  }

  // ---- bandwidth

  @Test
  void bandwidthGoesInPiecesOfATenthOfASecond() throws IOException {
    bench.proxy.toxics().bandwidth("b", DOWNSTREAM, 10);
    untilItHolds(() -> {
      Pair pair = bench.connect();
      pair.server().send(3_500);
      List<Arrival> arrivals = pair.client().arrivals(3_500);
      assertEquals(
          List.of(1_000, 1_000, 1_000, 500), arrivals.stream().map(Arrival::bytes).toList());
      long[] due = {100, 200, 300, 350};
      for (int i = 0; i < due.length; i++) {
        assertIn(due[i] - 8, due[i] + LATE_MS, arrivals.get(i).atMs());
      }
    });
  }

  @Test
  void bandwidthCarriesItsRateOverMuchData() throws Exception {
    bench.proxy.toxics().bandwidth("b", UPSTREAM, 1_000);
    Pair pair = bench.connect();
    assertBetween(440, 480 + 2 * LATE_MS, () -> oneWay(pair.client(), pair.server(), 480_000));
  }

  @Test
  void bandwidthZeroStallsWithoutLoss() throws IOException {
    Toxic toxic = bench.proxy.toxics().bandwidth("b", DOWNSTREAM, 0);
    Pair pair = bench.connect();
    pair.server().send(100_000);
    assertTrue(pair.client().silentFor(250));
    toxic.remove();
    assertArrayEquals(Wire.pattern(100_000), pair.client().receive(100_000));
  }

  @Test
  void latencyAndBandwidthTogether() throws IOException {
    bench.proxy.toxics().latency("l", DOWNSTREAM, 200);
    bench.proxy.toxics().bandwidth("b", DOWNSTREAM, 100);
    Pair pair = bench.connect();
    assertBetween(380, 400 + 2 * LATE_MS, () -> oneWay(pair.server(), pair.client(), 20_000));
  }

  // ---- slow_close

  @Test
  void slowCloseDelaysTheEndOnly() throws IOException {
    bench.proxy.toxics().slowClose("s", DOWNSTREAM, 250);
    Pair pair = bench.connect();
    assertBetween(0, 200, () -> oneWay(pair.server(), pair.client(), 1_000));
    assertBetween(249, 250 + LATE_MS, () -> end(bench.connect()));
  }

  /** Milliseconds from the server's close to the client's. */
  private static long end(Pair pair) throws IOException {
    long start = System.nanoTime();
    pair.server().close();
    assertEquals(End.FIN, pair.client().end());
    return since(start);
  }

  // ---- timeout

  @Test
  void timeoutDiscardsAndClosesAfterSilence() throws IOException {
    bench.proxy.toxics().timeout("t", UPSTREAM, 300);
    untilItHolds(() -> {
      Pair pair = bench.connect();
      long start = System.nanoTime();
      for (int i = 0; i < 3; i++) {
        pair.client().send(10);
        assertTrue(pair.server().silentFor(150), "a chunk re-arms it");
      }
      assertEquals(End.FIN, pair.server().end());
      assertIn(590, 600 + 2 * LATE_MS, since(start));
      assertEquals(End.FIN, pair.client().end());
    });
  }

  @Test
  void timeoutZeroNeverClosesButLetsTheEndPass() throws IOException {
    bench.proxy.toxics().timeout("t", DOWNSTREAM, 0);
    Pair pair = bench.connect();
    pair.server().send(1_000);
    assertTrue(pair.client().silentFor(250));
    pair.server().close();
    assertEquals(End.FIN, pair.client().end());
  }

  @Test
  void removingTimeoutClosesLiveConnections() throws IOException {
    Toxic timeout = bench.proxy.toxics().timeout("t", DOWNSTREAM, 0);
    Pair pair = bench.connect();
    Pair other = bench.connect();
    assertTrue(pair.client().silentFor(50));
    timeout.remove();
    assertEquals(End.FIN, pair.client().end());
    assertEquals(End.FIN, pair.server().end());
    assertEquals(End.FIN, other.client().end());
  }

  // ---- reset_peer

  @Test
  void resetPeerResetsNewConnectionsOnBothSides() throws IOException {
    resetsBothSides(UPSTREAM, 0);
  }

  @Test
  void resetPeerDownstreamWaits() throws IOException {
    resetsBothSides(DOWNSTREAM, 250);
  }

  private void resetsBothSides(ToxicDirection direction, long wait) throws IOException {
    bench.proxy.toxics().resetPeer("r", direction, wait);
    assertBetween(wait - 1, wait + LATE_MS, () -> reset(bench.connect(), direction));
  }

  /** Milliseconds from the first chunk to the reset at the client. */
  private static long reset(Pair pair, ToxicDirection direction) throws IOException {
    assertTrue(pair.client().silentFor(50), "nothing happens before the first chunk");
    long start = System.nanoTime();
    (direction == UPSTREAM ? pair.client() : pair.server()).send(100);
    assertEquals(End.RST, pair.client().end());
    long took = since(start);
    assertEquals(End.RST, pair.server().end());
    return took;
  }

  @Test
  void resetPeerClosesALiveConnectionWithFin() throws IOException {
    Pair pair = bench.connect();
    pair.client().send(10);
    assertEquals(10, pair.server().receive(10).length);
    bench.proxy.toxics().resetPeer("r", UPSTREAM, 0);
    pair.client().send(100);
    assertEquals(End.FIN, pair.client().end());
    assertEquals(End.FIN, pair.server().end());
  }

  // ---- slicer

  @Test
  void slicerCutsAndWaits() throws IOException {
    bench.proxy.toxics().slicer("s", DOWNSTREAM, 1, 15_000);
    untilItHolds(() -> {
      Pair pair = bench.connect();
      pair.server().send(12);
      List<Arrival> arrivals = pair.client().arrivals(12);
      // A reader that is kept waiting finds two slices at once; the last cannot come early.
      assertTrue(arrivals.size() >= 4, arrivals.toString());
      assertIn(11 * 15 - 8, 11 * 15 + 2 * LATE_MS, arrivals.getLast().atMs());
    });
  }

  @Test
  void slicerLosesNothing() throws IOException {
    bench.proxy.toxics().slicer("s", UPSTREAM, 1_024, 10).setSizeVariation(512);
    Pair pair = bench.connect();
    sendInBackground(pair.client(), 480_000);
    assertArrayEquals(Wire.pattern(480_000), pair.server().receive(480_000));
  }

  // ---- limit_data

  @Test
  void limitDataPassesUpToItsLimitThenEnds() throws IOException {
    bench.proxy.toxics().limitData("d", DOWNSTREAM, 100);
    Pair pair = bench.connect();
    pair.server().send(60);
    assertEquals(60, pair.client().receive(60).length);
    pair.server().send(60);
    assertEquals(40, pair.client().receive(200).length);
    assertEquals(End.FIN, pair.client().end());
  }

  @Test
  void limitDataEndsWithTheChunkThatReachesIt() throws IOException {
    bench.proxy.toxics().limitData("d", UPSTREAM, 100);
    Pair pair = bench.connect();
    pair.client().send(100);
    assertArrayEquals(Wire.pattern(100), pair.server().receive(200));
  }

  @Test
  void limitDataZeroClosesAtTheFirstChunk() throws IOException {
    bench.proxy.toxics().limitData("d", DOWNSTREAM, 0);
    Pair pair = bench.connect();
    assertTrue(pair.client().silentFor(50));
    pair.server().send(10);
    assertEquals(0, pair.client().receive(10).length);
  }

  @Test
  void limitDataCountsOnAcrossAnUpdate() throws IOException {
    LimitData limit = bench.proxy.toxics().limitData("d", DOWNSTREAM, 100);
    Pair pair = bench.connect();
    pair.server().send(90);
    assertEquals(90, pair.client().receive(90).length);
    limit.setBytes(120);
    pair.server().send(90);
    assertEquals(30, pair.client().receive(200).length);
  }

  // ---- all of them

  @Test
  void toxicityZeroSparesEveryConnection() throws IOException {
    bench.proxy.toxics().timeout("t", DOWNSTREAM, 0).setToxicity(0);
    bench.proxy.toxics().latency("l", UPSTREAM, LONG_MS).setToxicity(0);
    Pair pair = bench.connect();
    pair.server().send(100);
    assertArrayEquals(Wire.pattern(100), pair.client().receive(100));
    pair.client().send(100);
    assertArrayEquals(Wire.pattern(100), pair.server().receive(100));
  }

  @Test
  void anUpdateReachesLiveConnections() throws IOException {
    Latency latency = bench.proxy.toxics().latency("l", DOWNSTREAM, 10);
    Pair pair = bench.connect();
    assertBetween(9, 10 + LATE_MS, () -> oneWay(pair.server(), pair.client(), 10));
    latency.setLatency(250);
    assertBetween(249, 250 + LATE_MS, () -> oneWay(pair.server(), pair.client(), 10));
  }

  // ---- how it is measured

  /** Milliseconds from the start of sending until all of it was received, byte for byte. */
  private static long oneWay(Wire from, Wire to, int bytes) throws IOException {
    long start = System.nanoTime();
    sendInBackground(from, bytes);
    assertArrayEquals(Wire.pattern(bytes), to.receive(bytes));
    return since(start);
  }

  private static void sendInBackground(Wire from, int bytes) {
    Thread.ofVirtual().start(() -> sendQuietly(from, Wire.pattern(bytes)));
  }

  private static void sendQuietly(Wire from, byte[] bytes) {
    try {
      from.send(bytes);
    } catch (IOException e) {
      // The receiver misses the bytes, and says so.
    }
  }

  private void toggle() {
    try {
      bench.proxy.toxics().latency("toggled", DOWNSTREAM, 1).remove();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long since(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static void assertIn(long low, long high, long actual) {
    assertTrue(
        actual >= low && actual <= high, actual + " ms is not within " + low + " to " + high);
  }

  /** A time in milliseconds that can be measured again. */
  private interface Measurement {
    long take() throws IOException;
  }

  /** Assertions on a scene that can be played again. */
  private interface Scene {
    void play() throws IOException;
  }

  /**
   * Measures until a time is short enough, and never accepts one that is too short: a busy machine
   * makes what is right late now and then, but nothing makes what is wrong punctual.
   */
  private long assertBetween(long low, long high, Measurement measurement) throws IOException {
    long began = System.nanoTime();
    long took = measurement.take();
    while (took > high && since(began) < patienceMs()) {
      took = measurement.take();
    }
    assertIn(low, high, took);
    return took;
  }

  /** Plays a scene until it holds, for the same reason. */
  private void untilItHolds(Scene scene) throws IOException {
    long began = System.nanoTime();
    while (true) {
      try {
        scene.play();
        return;
      } catch (AssertionError e) {
        if (since(began) >= patienceMs()) {
          throw e;
        }
      }
    }
  }
}
