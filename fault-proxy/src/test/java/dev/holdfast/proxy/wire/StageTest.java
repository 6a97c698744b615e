package dev.holdfast.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.proxy.wire.VirtualStage.Out;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of the toxics, to the millisecond. */
final class StageTest {
  private static VirtualStage of(String fault, Object... args) {
    Map<String, Object> attributes = new java.util.HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      attributes.put((String) args[i], args[i + 1]);
    }
    return new VirtualStage(1, fault, attributes);
  }

  @Test
  void bandwidthSendsATenthOfASecondAtATime() {
    VirtualStage stage = of("bandwidth", "rate", 10);
    stage.feed(3_500);
    stage.pass(1_000);
    assertEquals(
        List.of(new Out(1_000, 100), new Out(1_000, 200), new Out(1_000, 300), new Out(500, 350)),
        stage.out);
  }

  @Test
  void bandwidthOwesNothingAfterAPause() {
    VirtualStage stage = of("bandwidth", "rate", 1);
    stage.feed(50);
    stage.pass(1_000);
    stage.feed(50);
    stage.pass(1_000);
    assertEquals(List.of(new Out(50, 50), new Out(50, 1_050)), stage.out);
  }

  @Test
  void bandwidthUpdatedReleasesWhatIsInHandAndShapesTheRest() {
    VirtualStage stage = of("bandwidth", "rate", 0);
    stage.feed(10);
    stage.feed(10);
    stage.pass(5_000);
    assertTrue(stage.out.isEmpty());
    stage.update(Map.of("rate", 1));
    stage.pass(5_000);
    assertEquals(List.of(new Out(10, 5_000), new Out(10, 5_010)), stage.out);
  }

  @Test
  void latencyCountsAChunksAgeAndLetsDelaysOverlap() {
    VirtualStage stage = of("latency", "latency", 100);
    stage.feed(1);
    stage.pass(40);
    stage.feed(2);
    stage.pass(500);
    assertEquals(List.of(new Out(1, 100), new Out(2, 140)), stage.out);
  }

  @Test
  void latencyKeepsTheOrderUnderJitter() {
    VirtualStage stage = of("latency", "latency", 100, "jitter", 100);
    for (int i = 1; i <= 500; i++) {
      stage.feed(i);
    }
    stage.pass(300);
    assertEquals(500, stage.out.size());
    for (int i = 0; i < 500; i++) {
      assertEquals(i + 1, stage.out.get(i).bytes());
    }
  }

  @Test
  void latencyHoldsUpItsSenderAt1024Chunks() {
    VirtualStage stage = of("latency", "latency", 1_000);
    for (int i = 0; i < 1_024; i++) {
      stage.feed(1);
    }
    assertFalse(stage.stage.full());
    stage.feed(1);
    assertTrue(stage.stage.full());
    stage.pass(1_000);
    assertFalse(stage.stage.full());
  }

  @Test
  void latencyHoldsUpItsSenderAtFourMegabytes() {
    VirtualStage stage = of("latency", "latency", 1_000);
    for (int i = 0; i < 129; i++) {
      stage.feed(32 * 1024);
    }
    assertTrue(stage.stage.full());
    stage.stage.close();
    assertEquals(0, stage.unreleased());
  }

  @Test
  void slicerMakesAsManySlicesAsItShould() {
    VirtualStage stage = of("slicer", "average_size", 1_024, "size_variation", 512);
    for (int i = 0; i < 15; i++) {
      stage.feed(32_000);
      stage.pass(10);
    }
    assertEquals(480_000, stage.bytesOut());
    assertTrue(stage.out.size() >= 240 && stage.out.size() <= 720, stage.out.size() + " slices");
  }

  @Test
  void slicerWithoutVariationCutsEven() {
    VirtualStage stage = of("slicer", "average_size", 1, "delay", 1_000);
    stage.feed(24);
    stage.pass(100);
    assertEquals(24, stage.out.size());
    assertEquals(new Out(1, 23), stage.out.get(23));
  }

  @Test
  void slicerRemovedPassesTheRestAtOnce() {
    VirtualStage stage = of("slicer", "average_size", 10, "delay", 1_000_000);
    stage.feed(100);
    stage.stage.remove();
    assertEquals(100, stage.bytesOut());
    assertEquals(0, stage.unreleased());
  }

  @ParameterizedTest
  @CsvSource({"50,50,50", "100,100,100", "101,100,100", "1000,100,100"})
  void limitDataCutsTheChunkThatCrosses(int fed, int limit, int out) {
    VirtualStage stage = of("limit_data", "bytes", limit);
    stage.feed(fed);
    assertEquals(out, stage.bytesOut());
    assertEquals(fed >= limit, stage.out.contains(new Out(-1, 0)));
    stage.stage.close();
    assertEquals(0, stage.unreleased());
  }

  @Test
  void limitDataCountsOverManyChunks() {
    VirtualStage stage = of("limit_data", "bytes", 100);
    for (int i = 0; i < 5; i++) {
      stage.feed(30);
    }
    assertEquals(100, stage.bytesOut());
    assertEquals(-1, stage.out.get(stage.out.size() - 1).bytes());
  }

  @Test
  void timeoutIsRearmedByEachChunk() {
    VirtualStage stage = of("timeout", "timeout", 100);
    stage.pass(99);
    stage.feed(1);
    stage.pass(99);
    assertTrue(stage.out.isEmpty());
    stage.pass(1);
    assertEquals(List.of(new Out(-1, 199)), stage.out);
  }

  @Test
  void slowCloseRemovedClosesAtOnce() {
    VirtualStage stage = of("slow_close", "delay", 60_000);
    stage.stage.acceptEnd();
    stage.pass(10);
    stage.stage.remove();
    assertEquals(List.of(new Out(-1, 10)), stage.out);
  }

  @Test
  void slowCloseUpdatedStartsAnew() {
    VirtualStage stage = of("slow_close", "delay", 1_000);
    stage.stage.acceptEnd();
    stage.pass(900);
    stage.update(Map.of("delay", 500));
    stage.pass(1_000);
    assertEquals(List.of(new Out(-1, 1_400)), stage.out);
  }

  @Test
  void removingResetPeerWhileItWaitsDoesNotHang() {
    VirtualStage stage = of("reset_peer", "timeout", 60_000);
    stage.feed(1);
    stage.pass(10);
    stage.stage.remove();
    assertEquals(List.of(new Out(-1, 10)), stage.out);
  }

  @Test
  void theEndTravelsBehindTheData() {
    VirtualStage stage = of("latency", "latency", 100);
    stage.feed(5);
    stage.stage.acceptEnd();
    stage.pass(200);
    assertEquals(List.of(new Out(5, 100), new Out(-1, 100)), stage.out);
  }

  @Test
  void aFullSinkHoldsEverythingUp() {
    VirtualStage stage = of("noop");
    stage.sinkFull = true;
    stage.feed(5);
    assertTrue(stage.stage.full());
    stage.sinkFull = false;
    stage.stage.serve();
    assertEquals(5, stage.bytesOut());
  }

  @Test
  void theSameSeedDrawsTheSame() {
    assertEquals(jittered(5), jittered(5));
    assertNotEquals(jittered(5), jittered(6));
  }

  private static List<String> jittered(long seed) {
    VirtualStage stage = new VirtualStage(seed, "latency", Map.of("latency", 100, "jitter", 50));
    for (int i = 0; i < 20; i++) {
      stage.feed(1);
      stage.pass(1_000);
    }
    return stage.decisions;
  }
}
