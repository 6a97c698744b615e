package dev.holdfast.scenarios.conformance.resume;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A server that tells presence four times a second is never accused, however its frames come. */
class PresencePaceTest {
  private static final int FRAMES = 40;
  private static final long LONGEST_BUNCH_MS = 5_000;

  private static List<Long> every(long ms) {
    return LongStream.range(0, FRAMES).map(i -> 100 + i * ms).boxed().toList();
  }

  /** Frames delivered at the next multiple of an interval. */
  private static List<Long> inBunches(List<Long> sent, long intervalMs) {
    return sent.stream().map(ms -> (ms + intervalMs - 1) / intervalMs * intervalMs).toList();
  }

  @Test
  void excusesEveryBunchOfAServerThatKeepsToFourASecond() {
    List<Long> burst =
        LongStream.range(0, FRAMES).map(i -> i / 4 * 1_000 + 100 + i % 4).boxed().toList();
    for (List<Long> sent : List.of(every(250), burst)) {
      for (long intervalMs = 1; intervalMs <= LONGEST_BUNCH_MS; intervalMs += 7) {
        List<Long> came = inBunches(sent, intervalMs);
        assertDoesNotThrow(() -> PresencePace.judge(0, came));
      }
    }
  }

  @Test
  void catchesAServerThatTellsEveryChange() {
    assertThrows(Mismatch.class, () -> PresencePace.judge(0, every(20)));
    assertThrows(Mismatch.class, () -> PresencePace.judge(0, inBunches(every(20), 250)));
    assertThrows(Mismatch.class, () -> PresencePace.judge(0, every(160)));
  }
}
