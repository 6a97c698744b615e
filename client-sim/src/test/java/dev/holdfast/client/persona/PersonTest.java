package dev.holdfast.client.persona;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.persona.Action.Close;
import dev.holdfast.client.persona.Action.Disconnect;
import dev.holdfast.client.persona.Action.Expect;
import dev.holdfast.client.persona.Action.Offline;
import dev.holdfast.client.persona.Action.Online;
import dev.holdfast.client.persona.Action.Pause;
import dev.holdfast.client.persona.Action.Retry;
import dev.holdfast.client.persona.Action.Say;
import dev.holdfast.client.persona.Expectation.FrameSeen;
import dev.holdfast.client.persona.Expectation.Refused;
import dev.holdfast.client.persona.Expectation.State;
import dev.holdfast.client.persona.Expectation.Terminal;
import dev.holdfast.client.testing.Clients;
import dev.holdfast.client.testing.Peer;
import dev.holdfast.client.testing.TestServer;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.FrameType;
import dev.holdfast.protocol.testing.PatientWaits;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PersonTest {
  private static final long PATIENCE_MS = PatientWaits.PATIENCE.toMillis();

  private static Expect expect(Expectation what) {
    return new Expect(what, PATIENCE_MS);
  }

  private static PersonResult play(TestServer server, Action... actions) {
    try (Person ana = person(server, actions)) {
      return ana.run();
    }
  }

  private static Person person(TestServer server, Action... actions) {
    return new Person(
        PersonScript.of("ana", actions),
        ClientOptions.of("ana", server.url()).with(Clients.core()));
  }

  @Test
  void aScriptRunsTopToBottom() throws IOException {
    try (TestServer server = TestServer.echoing()) {
      PersonResult result =
          play(
              server,
              expect(new State(LinkState.CONNECTED)),
              new Say("hi", "m1"),
              expect(new FrameSeen(FrameType.STATUS, "processing")),
              expect(new Terminal("m1")),
              new Pause(5),
              new Disconnect(),
              expect(new State(LinkState.DISCONNECTED)),
              new Retry(),
              expect(new State(LinkState.CONNECTED)),
              new Close());
      assertTrue(result.ok(), result::toString);
      assertEquals(10, result.steps().size());
      assertEquals(2, server.peers().size());
    }
  }

  @Test
  void aHundredWaitWhileOfflineAndOneMoreIsRefused() throws IOException {
    try (TestServer server = TestServer.echoing()) {
      PersonResult result =
          play(
              server,
              new Offline(),
              new Say("hi", "q", 100),
              new Say("too much", "last"),
              expect(new Refused("queue_full")),
              new Online(),
              expect(new Terminal("q*")),
              new Close());
      assertTrue(result.ok(), result::toString);
      assertEquals(100, server.peers().getLast().contents().size());
    }
  }

  @Test
  void aMissedExpectationTellsWhatWasSeenAndEndsTheScript() throws IOException {
    TestServer.Script mute =
        peer -> {
          peer.greet();
          peer.hang();
        };
    try (TestServer server = new TestServer(mute)) {
      PersonResult result =
          play(
              server,
              expect(new State(LinkState.CONNECTED)),
              new Say("hi", "m1"),
              new Expect(new Terminal("m1"), 100),
              new Say("never", "m2"));
      assertFalse(result.ok());
      StepOutcome missed = result.missed();
      assertNotNull(missed);
      assertEquals(2, missed.index());
      assertEquals("m1: no end; state connected", missed.seen());
      assertEquals(3, result.steps().size());
    }
  }

  @Test
  void aRefusedMessageIsNoTerminal() throws IOException {
    try (TestServer server = TestServer.echoing()) {
      PersonResult result =
          play(server, new Offline(), new Say("hi", "q", 101), expect(new Terminal("q101")));
      StepOutcome missed = result.missed();
      assertNotNull(missed);
      assertTrue(
          String.valueOf(missed.seen()).startsWith("q101: refused (queue_full)"), missed::toString);
      assertTrue(missed.tookMs() < PATIENCE_MS, "what cannot come any more is not waited for");
    }
  }

  @Test
  void aPassingStateIsNotMissedByWhoLooksLate() throws IOException {
    try (TestServer server = TestServer.echoing().then(Peer::greet)) {
      Person ana =
          person(
              server,
              expect(new State(LinkState.CONNECTED)),
              expect(new State(LinkState.RECONNECTING)),
              expect(new State(LinkState.CONNECTED)));
      try (ana) {
        assertTrue(ana.run().ok());
        assertEquals(2, server.peers().size());
      }
    }
  }

  @Test
  void anUnknownNameIsTold() throws IOException {
    try (TestServer server = TestServer.echoing()) {
      PersonResult result = play(server, expect(new Terminal("m7")));
      StepOutcome missed = result.missed();
      assertNotNull(missed);
      assertEquals("the script says nothing as m7", missed.seen());
    }
  }

  @Test
  void closingStopsAScriptUnderWay() throws IOException {
    try (TestServer server = TestServer.echoing()) {
      Person ana = person(server, new Pause(60_000));
      CompletableFuture<PersonResult> result = ana.start();
      await().until(() -> ana.client().state() == LinkState.CONNECTED);
      ana.close();
      await().until(result::isDone);
      assertFalse(result.join().ok());
    }
  }
}
