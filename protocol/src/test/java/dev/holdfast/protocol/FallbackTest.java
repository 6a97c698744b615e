package dev.holdfast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drain, kill switch and HTTP with both halves joined: nothing is lost, repeated or reordered. */
final class FallbackTest {
  private static ClientConfig config(Profile profile) {
    ClientConfig base = profile == Profile.RESUME ? ClientConfig.RESUME : ClientConfig.CORE;
    return base.withBackoff(new Backoff(100, 1_000, 0, 10)).withTransport(true, 1_000);
  }

  private static Pair talking(Profile profile) {
    Pair pair = new Pair(config(profile), ServerConfig.STANDARD).agentDelayMs(400);
    pair.connected();
    pair.say("m1", "one");
    pair.say("m2", "two");
    pair.pass(10);
    return pair;
  }

  private static void switchOff(Pair pair, long drainMs) {
    pair.websocketOn = false;
    pair.tell(new ServerInput.Drain(200, drainMs, false));
    pair.settle();
  }

  private static void assertAllAnsweredOnceInOrder(Pair pair, String... ids) {
    assertEquals(
        List.of(ids),
        pair.told(ClientOutput.Settled.class).stream()
            .filter(s -> s.outcome() == Outcome.ANSWERED)
            .map(ClientOutput.Settled::id)
            .toList());
    assertEquals(
        List.of(ids),
        pair.done.stream()
            .filter(ServerOutput.StartRun.class::isInstance)
            .map(o -> ((ServerOutput.StartRun) o).messageId())
            .toList());
    assertEquals(ids.length, pair.terminals.size());
    assertTrue(pair.client.outbox().waiting().isEmpty());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void theKillSwitchLosesNothing(Profile profile) {
    Pair pair = talking(profile);
    switchOff(pair, 5_000);
    pair.say("m3", "three");
    pair.pass(2_000);
    assertEquals("over HTTP", pair.told(ClientOutput.StateChanged.class).getLast().reason());
    pair.say("m4", "four");
    pair.pass(5_000);
    pair.websocketOn = true;
    pair.tell(new ServerInput.Undrain());
    pair.pass(5_000);
    pair.say("m5", "five");
    pair.pass(5_000);
    assertAllAnsweredOnceInOrder(pair, "m1", "m2", "m3", "m4", "m5");
    assertEquals(LinkState.CONNECTED, pair.client.reported());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void whatADrainCutsIsFetchedOverHttp(Profile profile) {
    Pair pair = talking(profile);
    switchOff(pair, 100);
    pair.say("m3", "three");
    pair.pass(10_000);
    assertAllAnsweredOnceInOrder(pair, "m1", "m2", "m3");
    pair.websocketOn = true;
    pair.tell(new ServerInput.Undrain());
    pair.pass(5_000);
    pair.say("m4", "four");
    pair.pass(5_000);
    assertAllAnsweredOnceInOrder(pair, "m1", "m2", "m3", "m4");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void theSocketIsTakenBackBetweenTwoPosts(Profile profile) {
    Pair pair = talking(profile);
    switchOff(pair, 100);
    for (int i = 3; i <= 12; i++) {
      pair.say("m" + i, "hi");
    }
    pair.pass(1_500);
    pair.websocketOn = true;
    pair.tell(new ServerInput.Undrain());
    pair.pass(1_500);
    assertTrue(pair.told(ClientOutput.Post.class).size() < 10, "the rest goes by socket");
    pair.pass(20_000);
    assertEquals(12, pair.terminals.size());
  }

  @Test
  void aDrainThatIsTakenBackLetsEverybodyComeAgain() {
    Pair pair = talking(Profile.RESUME);
    pair.tell(new ServerInput.Drain(200, 60_000, false));
    pair.say("m3", "three");
    pair.settle();
    pair.tell(new ServerInput.Undrain());
    pair.pass(5_000);
    assertAllAnsweredOnceInOrder(pair, "m1", "m2", "m3");
  }

  @Test
  void retryAfterOfADrainIsAFloor() {
    Pair pair = new Pair(config(Profile.RESUME).withTransport(false, 1_000), ServerConfig.STANDARD);
    pair.connected();
    pair.tell(new ServerInput.Drain(7_000, 1_000, false));
    pair.settle();
    assertEquals(4001, pair.closeCodes().getLast());
    assertTrue(pair.told(ClientOutput.StateChanged.class).getLast().delayMs() >= 7_000);
  }

  @Test
  void aDrainRaisesNoGapAndLeavesUnacked() {
    Pair pair = talking(Profile.RESUME);
    pair.tell(new ServerInput.Drain(200, 60_000, false));
    pair.inject("{\"type\":\"message\",\"id\":\"m3\",\"seq\":3,\"data\":{\"content\":\"three\"}}");
    pair.inject("{\"type\":\"message\",\"id\":\"m4\",\"seq\":4,\"data\":{\"content\":\"four\"}}");
    pair.settle();
    assertEquals(List.of(), pair.closeCodes());
    assertEquals(2, pair.session.clients().values().iterator().next().processed());
  }

  @Test
  void anEndedDrainAsksForNoMoreWakes() {
    Pair pair = talking(Profile.RESUME).agentDelayMs(60_000);
    pair.tell(new ServerInput.Drain(200, 100, false));
    pair.pass(30_000);
    assertFalse(pair.done.isEmpty());
  }

  @Test
  void aCrashWithoutStoreIsToldToEverybodyConcerned() {
    Pair pair = new Pair(config(Profile.RESUME), ServerConfig.STANDARD).agentDelayMs(400);
    pair.connected();
    pair.say("m1", "one");
    pair.pass(300);
    pair.reachable = false;
    pair.crash("e2");
    pair.say("m2", "two");
    pair.pass(500);
    pair.reachable = true;
    pair.pass(20_000);
    assertEquals(
        List.of(
            new ClientOutput.Settled("m1", Outcome.INDETERMINATE, "lost_on_reset"),
            new ClientOutput.Settled("m2", Outcome.ANSWERED, null)),
        pair.told(ClientOutput.Settled.class));
  }

  @Test
  void aRetryOnHttpGoesBackToTheSocket() {
    Pair pair = talking(Profile.RESUME);
    switchOff(pair, 100);
    pair.say("m3", "three");
    pair.pass(300);
    pair.websocketOn = true;
    pair.tell(new ServerInput.Undrain());
    pair.tell(new ClientInput.Retry("tab2"));
    pair.pass(10_000);
    assertEquals(3, pair.terminals.size());
    assertEquals(3, pair.told(ClientOutput.Settled.class).size());
  }

  /**
   * The POST's own answer is lost with the tab's network; the run's frames tell it all the same.
   */
  @ParameterizedTest
  @EnumSource(Profile.class)
  void whatWasPostedIsAnsweredThoughItsReplyNeverCame(Profile profile) {
    Pair pair = talking(profile);
    switchOff(pair, 100);
    pair.pass(2_000);
    pair.agentDelayMs(1_000).say("m3", "three");
    pair.pass(100);
    pair.tell(new ClientInput.Disconnect());
    pair.pass(10_000);
    pair.websocketOn = true;
    pair.tell(new ServerInput.Undrain());
    pair.tell(new ClientInput.Connect());
    pair.pass(10_000);
    assertEquals(
        new ClientOutput.Settled("m3", Outcome.ANSWERED, null),
        pair.told(ClientOutput.Settled.class).getLast());
    assertEquals(3, pair.terminals.size());
  }

  /** The session had no token yet, so no socket ever had a frame of the run. */
  @Test
  void anAnswerThatWentOverHttpAloneAndWasLostIsToldOnTheFirstSocket() {
    Pair pair = new Pair(config(Profile.RESUME), ServerConfig.STANDARD).agentDelayMs(400);
    pair.websocketOn = false;
    pair.tell(new ServerInput.Drain(200, 0, false));
    pair.tell(new ClientInput.Connect());
    pair.pass(2_000);
    pair.say("m1", "one");
    pair.pass(100);
    pair.tell(new ClientInput.Disconnect());
    pair.pass(10_000);
    pair.websocketOn = true;
    pair.tell(new ServerInput.Undrain());
    pair.tell(new ClientInput.Connect());
    pair.pass(10_000);
    assertAllAnsweredOnceInOrder(pair, "m1");
  }

  /** A position would make it wait for an acknowledgement that profile core does not have. */
  @Test
  void aRetryAfterATakeoverGivesNoPositionsInCore() {
    Pair pair = new Pair(config(Profile.CORE), ServerConfig.STANDARD).agentDelayMs(5_000);
    pair.connected();
    pair.say("m1", "one");
    pair.settle();
    pair.tell(new ClientInput.Closed(pair.client.connection(), 4204, "taken over"));
    pair.crash("e2");
    pair.tell(new ClientInput.Retry("tab2"));
    pair.pass(200_000);
    assertEquals(
        List.of(new ClientOutput.Settled("m1", Outcome.INDETERMINATE, "no_answer")),
        pair.told(ClientOutput.Settled.class));
  }

  /** The POST is given up half-way; its run goes on, and ends on the socket. */
  @ParameterizedTest
  @EnumSource(Profile.class)
  void aRunThatAPostBeganEndsOnTheSocketThatAsksForIt(Profile profile) {
    Pair pair = talking(profile);
    switchOff(pair, 100);
    pair.pass(2_000);
    pair.agentDelayMs(500).say("m3", "three");
    pair.pass(100);
    pair.websocketOn = true;
    pair.tell(new ServerInput.Undrain());
    pair.tell(new ClientInput.Retry("tab2"));
    pair.pass(10_000);
    assertEquals(
        new ClientOutput.Settled("m3", Outcome.ANSWERED, null),
        pair.told(ClientOutput.Settled.class).getLast());
    assertEquals(3, pair.terminals.size());
  }
}
