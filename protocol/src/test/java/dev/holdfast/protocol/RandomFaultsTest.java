package dev.holdfast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.SessionMachine;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Conversations through faults drawn from a seed: each message is worked on and answered once. */
final class RandomFaultsTest {
  private static final int SEEDS = 400;
  private static final int MESSAGES = 8;
  private static final List<String> IDS =
      IntStream.rangeClosed(1, MESSAGES).mapToObj(i -> "m" + i).toList();

  @Test
  void everyMessageIsAnsweredOnceInOrder() {
    long first = Long.getLong("seed", 1);
    System.out.println("random faults: seeds " + first + " to " + (first + SEEDS - 1));
    for (long seed = first; seed < first + SEEDS; seed++) {
      check(seed, play(seed));
    }
  }

  @Test
  void oneSeedIsOneConversation() {
    assertEquals(
        play(7).seen.stream().map(Pair.Seen::text).toList(),
        play(7).seen.stream().map(Pair.Seen::text).toList());
  }

  private static Pair play(long seed) {
    var chance = new SplittableRandom(seed);
    ClientConfig config =
        ClientConfig.RESUME
            .withBackoff(new Backoff(50, 400, 20, 1_000))
            .withHeartbeat(300, 100)
            .withTransport(true, 500);
    ServerConfig server = ServerConfig.STANDARD.withHeartbeat(300, 100);
    Pair pair = new Pair(new ClientMachine(config), new SessionMachine(server), seed);
    pair.agent =
        run ->
            List.of(
                new AgentEvent.Stage("planning", "", List.of()),
                new AgentEvent.Delta("so "),
                new AgentEvent.Answer("so be it", List.of()));
    pair.agentDelayMs(chance.nextLong(5, 200)).connected();
    for (String id : IDS) {
      pair.say(id, "say " + id);
      for (int i = chance.nextInt(3); i > 0; i--) {
        pair.pass(chance.nextLong(150));
        fault(pair, chance);
      }
      pair.pass(chance.nextLong(300));
    }
    mend(pair);
    pair.pass(60_000);
    return pair;
  }

  private static void fault(Pair pair, SplittableRandom chance) {
    switch (chance.nextInt(8)) {
      case 0, 1 -> pair.cut();
      case 2 -> {
        pair.serverNoticesCuts = !pair.serverNoticesCuts;
        pair.cut();
      }
      case 3 -> pair.reachable = !pair.reachable;
      case 4 -> halfOpen(pair, chance.nextBoolean());
      case 5 -> {
        pair.websocketOn = false;
        pair.tell(new ServerInput.Drain(50, chance.nextLong(500), false));
      }
      case 6 -> {
        pair.websocketOn = true;
        pair.tell(new ServerInput.Undrain());
      }
      default -> pair.httpReachable = !pair.httpReachable;
    }
  }

  /** A link that swallowed frames does not come back to life: that would be no TCP. */
  private static void halfOpen(Pair pair, boolean silent) {
    pair.halfOpen(silent);
    if (!silent) {
      pair.cut();
    }
  }

  private static void mend(Pair pair) {
    pair.reachable = true;
    pair.httpReachable = true;
    halfOpen(pair, false);
    pair.websocketOn = true;
    pair.tell(new ServerInput.Undrain());
    pair.pass(5_000);
    if (pair.client.reported() == LinkState.DISCONNECTED) {
      pair.tell(new ClientInput.Retry("tab2"));
    }
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
