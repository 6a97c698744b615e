package dev.holdfast.proxy.wire;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class MutatedStreamsTest {
  private static final long SEED = 20_260_101;
  private static Level before = ResourceLeakDetector.getLevel();

  @BeforeAll
  static void watch() {
    before = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(Level.PARANOID);
    System.out.println("mutated streams: seed " + SEED);
  }

  @AfterAll
  static void unwatch() {
    ResourceLeakDetector.setLevel(before);
  }

  @Test
  void nothingEscapesAndNothingLeaksInATenth() {
    MutatedStreams.run(SEED, 0, 10_000);
  }

  @Test
  @Tag("lab")
  void nothingEscapesAndNothingLeaksInTheRest() {
    MutatedStreams.run(SEED, 10_000, 90_000);
  }
}
