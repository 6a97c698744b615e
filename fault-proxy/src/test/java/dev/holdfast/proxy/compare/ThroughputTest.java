package dev.holdfast.proxy.compare;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.proxy.contract.Engines;
import dev.holdfast.proxy.engine.FaultEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The embedded engine and the real Toxiproxy in turn, without toxics. It fails only where the 95 %
 * interval of the ratio lies wholly on the wrong side of 1.
 */
@Tag("lab")
final class ThroughputTest {
  private static final int ROUNDS = Integer.getInteger("holdfast.rounds", 7);
  private static final long BYTES = Long.getLong("holdfast.bytes", 1_000_000_000L);
  private static final int PINGS = 4_000;

  /** Student's t for 95 %, two-sided, by degrees of freedom from 1. */
  private static final double[] T = {12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23};

  /** A number for an engine's API, or for no proxy at all if that is null. */
  private interface Measure {
    double of(FaultEngine engine) throws Exception;
  }

  @Test
  void oneConnection() throws Exception {
    compare("MB/s, one connection", true, e -> Load.megabytesPerSecond(e, BYTES, 1));
  }

  @Test
  void sixtyFourConnections() throws Exception {
    compare("MB/s, 64 connections", true, e -> Load.megabytesPerSecond(e, BYTES, 64));
  }

  @Test
  void pingPong() throws Exception {
    double direct = Load.medianPingMicros(null, PINGS);
    compare("added median µs, ping-pong", false, e -> Load.medianPingMicros(e, PINGS) - direct);
  }

  private static void compare(String what, boolean moreIsBetter, Measure measure) throws Exception {
    FaultEngine ours = Engines.embedded();
    FaultEngine theirs = Engines.external();
    measure.of(ours); // Both have been warm once before it counts.
    measure.of(theirs);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      double mine = measure.of(ours);
      double yours = measure.of(theirs);
      ratios.add(mine / yours);
      System.out.printf("%-28s embedded %9.1f  toxiproxy %9.1f%n", what, mine, yours);
    }
    double mean = ratios.stream().mapToDouble(r -> r).average().orElseThrow();
    double half = halfInterval(ratios, mean);
    System.out.printf(
        "%-28s ratio %.2f, 95 %% interval %.2f to %.2f%n", what, mean, mean - half, mean + half);
    assertTrue(
        moreIsBetter ? mean + half >= 1 : mean - half <= 1,
        what + ": the whole interval is on the wrong side of 1");
  }

  private static double halfInterval(List<Double> ratios, double mean) {
    int n = ratios.size();
    double squares = ratios.stream().mapToDouble(r -> (r - mean) * (r - mean)).sum();
    double t = T[Math.min(Math.max(n - 2, 0), T.length - 1)];
    return n < 2 ? Double.POSITIVE_INFINITY : t * Math.sqrt(squares / (n - 1) / n);
  }
}
