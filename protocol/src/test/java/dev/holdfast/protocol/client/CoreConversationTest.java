package dev.holdfast.protocol.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Pair;
import dev.holdfast.protocol.frame.FrameType;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerConfig;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Profile core with both halves joined in memory. */
class CoreConversationTest {
  private static final ClientConfig CONFIG =
      ClientConfig.CORE.withBackoff(new Backoff(100, 1_000, 50, 10));

  private final Pair pair = new Pair(CONFIG, ServerConfig.STANDARD);

  @Test
  void greetsFirstAndAnswersEachMessageOnce() {
    pair.connected();
    assertTrue(pair.seen.get(0).frame().body() instanceof Status.Connected);
    pair.say("m1", "hello");
    pair.say("m2", "again");
    pair.pass(1_000);
    assertEquals("Answer to hello", pair.answer("m1"));
    assertEquals("Answer to again", pair.answer("m2"));
    assertEquals(2, pair.told(ClientOutput.Settled.class).size());
  }

  @Test
  void answersPingsWhileTheAgentIsBusy() {
    pair.agentDelayMs(60_000);
    pair.connected();
    pair.say("m1", "slow");
    pair.pass(50_000);
    assertTrue(
        pair.seen.stream().filter(s -> s.frame().type() == FrameType.PONG).count() >= 1,
        "a pong must come before the run ends");
    assertEquals(0, pair.terminals.size());
  }

  @Test
  void runEndedDuringAnOutageIsShownOnceAfterReconnecting() {
    pair.connected();
    pair.say("m1", "hello");
    pair.settle();
    pair.cut();
    pair.pass(2_000);
    assertEquals("Answer to hello", pair.answer("m1"));
  }

  @Test
  void keepsAHundredMessagesThroughThirtySecondsOfOutageAndRefusesTheNext() {
    pair.connected();
    pair.reachable = false;
    pair.cut();
    IntStream.rangeClosed(1, 101).forEach(i -> pair.say("m" + i, "message " + i));
    assertEquals(
        List.of(new ClientOutput.Refuse("m101", "queue_full")),
        pair.told(ClientOutput.Refuse.class));
    pair.pass(3_000);
    pair.reachable = true;
    pair.pass(30_000);
    List<String> said =
        pair.seen.stream()
            .filter(s -> s.way() == Pair.Way.TO_SERVER && s.frame().type() == FrameType.MESSAGE)
            .map(s -> s.frame().envelope().id())
            .toList();
    assertEquals(IntStream.rangeClosed(1, 100).mapToObj(i -> "m" + i).toList(), said);
    assertEquals(100, pair.terminals.size());
  }

  @Test
  void everyFailedAttemptLeadsToTheNextUntilTheTenthAndARetryStartsOver() {
    pair.connected();
    pair.reachable = false;
    pair.cut();
    pair.pass(60_000);
    var states = pair.told(ClientOutput.StateChanged.class);
    assertEquals(
        List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        states.stream()
            .filter(s -> s.state() == LinkState.RECONNECTING)
            .map(ClientOutput.StateChanged::attempt)
            .toList());
    assertEquals(LinkState.DISCONNECTED, pair.client.reported());
    pair.reachable = true;
    pair.tell(new ClientInput.Retry("tab2"));
    pair.settle();
    assertEquals(LinkState.CONNECTED, pair.client.reported());
  }

  @Test
  void delaysGrowWithinTheirRange() {
    pair.connected();
    pair.reachable = false;
    pair.cut();
    pair.pass(60_000);
    for (var state : pair.told(ClientOutput.StateChanged.class)) {
      if (state.state() == LinkState.RECONNECTING) {
        long least = CONFIG.backoff().leastMs(state.attempt());
        assertTrue(
            state.delayMs() >= least && state.delayMs() <= least + 50,
            "attempt " + state.attempt() + " waits " + state.delayMs());
      }
    }
  }

  @Test
  void noticesAHalfOpenLinkAndComesBack() {
    Pair quick =
        new Pair(CONFIG.withHeartbeat(300, 100), ServerConfig.STANDARD.withHeartbeat(300, 100));
    quick.connected();
    quick.watcher = s -> {};
    long before = quick.nowMs();
    quick.halfOpen(true);
    quick.pass(450);
    quick.halfOpen(false);
    quick.pass(1_000);
    assertTrue(
        quick.told(ClientOutput.Close.class).stream().anyMatch(c -> c.code() == 4000),
        "left with 4000 after " + (quick.nowMs() - before) + " ms");
    assertEquals(LinkState.CONNECTED, quick.client.reported());
  }

  @Test
  void stagesAndToolsTravelInOrderBeforeTheAnswer() {
    pair.agent =
        run ->
            List.of(
                new AgentEvent.Stage("clarification", "Reading", List.of()),
                new AgentEvent.Stage("planning", "Planning", List.of("search")),
                new AgentEvent.Tool("search", "t1", "pending", null),
                new AgentEvent.Tool("search", "t1", "running", null),
                new AgentEvent.Tool("search", "t1", "completed", "{\"hits\":3}"),
                new AgentEvent.Answer("done", List.of()));
    pair.connected();
    pair.say("m1", "find");
    pair.pass(1_000);
    List<FrameType> types =
        pair.seen.stream()
            .filter(s -> s.way() == Pair.Way.TO_CLIENT)
            .map(s -> s.frame().type())
            .toList();
    assertEquals(
        List.of(
            FrameType.STATUS,
            FrameType.STATUS,
            FrameType.STATUS,
            FrameType.TOOL_EXECUTION,
            FrameType.TOOL_EXECUTION,
            FrameType.TOOL_EXECUTION,
            FrameType.MESSAGE),
        types);
  }

  @Test
  void doesNotReconnectAfterACloseThatSaysStop() {
    pair.connected();
    pair.tell(new ClientInput.Closed(pair.client.connection(), 4201, "forbidden"));
    pair.pass(60_000);
    assertEquals(LinkState.DISCONNECTED, pair.client.reported());
    assertEquals(1, pair.client.connection());
  }

  @Test
  void saysAgainInOrderWhatAConnectionDidNotWrite() {
    pair.connected();
    pair.say("m1", "one");
    pair.say("m2", "two");
    pair.cut(List.of("m1", "m2"));
    pair.say("m3", "three");
    pair.pass(5_000);
    assertEquals(List.of("m1", "m2", "m3"), arrived());
    assertEquals("Answer to two", pair.answer("m2"));
  }

  @Test
  void doesNotSayAgainWhatMayHaveArrived() {
    pair.connected();
    pair.say("m1", "one");
    pair.say("m2", "two");
    pair.cut(List.of("m2"));
    pair.pass(5_000);
    assertEquals(List.of("m2"), arrived());
  }

  /** Ids of the messages that the server got, in order. */
  private List<String> arrived() {
    return pair.seen.stream()
        .filter(s -> s.way() == Pair.Way.TO_SERVER && s.frame().type() == FrameType.MESSAGE)
        .map(s -> String.valueOf(s.frame().envelope().id()))
        .toList();
  }
}
