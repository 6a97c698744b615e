package dev.holdfast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.server.ServerOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conversations through faults drawn from a seed: each message is worked on and answered once. */
final class RandomFaultsTest {
  private static final int SEEDS = 100;
  private static final List<String> IDS = RandomFaults.IDS;

  @Test
  void everyMessageIsAnsweredOnceInOrder() {
    long first = Long.getLong("seed", 1);
    System.out.println("random faults: seeds " + first + " to " + (first + SEEDS - 1));
    for (long seed = first; seed < first + SEEDS; seed++) {
      check(seed, RandomFaults.play(seed));
    }
  }

  @Test
  void oneSeedIsOneConversation() {
    assertEquals(
        RandomFaults.play(7).seen.stream().map(Pair.Seen::text).toList(),
        RandomFaults.play(7).seen.stream().map(Pair.Seen::text).toList());
  }

  private static void check(long seed, Pair pair) {
    String at = "seed " + seed;
    var settled = pair.told(ClientOutput.Settled.class);
    assertEquals(IDS, settled.stream().map(ClientOutput.Settled::id).toList(), at);
    assertTrue(settled.stream().allMatch(s -> s.outcome() == Outcome.ANSWERED), at + settled);
    assertEquals(IDS, starts(pair), at);
    assertEquals(IDS, ends(pair), at);
    assertTrue(pair.client.outbox().written().isEmpty(), at + pair.client.outbox());
  }

  private static List<String> starts(Pair pair) {
    return pair.done.stream()
        .filter(ServerOutput.StartRun.class::isInstance)
        .map(o -> ((ServerOutput.StartRun) o).messageId())
        .toList();
  }

  private static List<String> ends(Pair pair) {
    return pair.told(ClientOutput.Deliver.class).stream()
        .map(ClientOutput.Deliver::frame)
        .filter(Frame::endsRun)
        .map(f -> String.valueOf(f.envelope().replyTo()))
        .toList();
  }
}
