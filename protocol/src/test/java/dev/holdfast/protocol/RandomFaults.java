package dev.holdfast.protocol;

import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.SessionMachine;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A conversation of eight messages through faults drawn from a seed, mended in the end. */
public final class RandomFaults {
  private static final int MESSAGES = 8;

  /** What the person says, in order. */
  public static final List<String> IDS =
      IntStream.rangeClosed(1, MESSAGES).mapToObj(i -> "m" + i).toList();

  private RandomFaults() {}

  public static Pair play(long seed) {
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
    pair.pass(10_000);
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
}
