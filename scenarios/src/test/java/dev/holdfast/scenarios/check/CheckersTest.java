package dev.holdfast.scenarios.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.scenarios.check.Checker.Judged;
import dev.holdfast.scenarios.check.Checker.Truth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each checker on stories that it must fail, pass and leave open. */
class CheckersTest {

  @Test
  void namesAreAddresses() {
    assertEquals(Checkers.all().size(), Checkers.names().size());
    assertEquals("no_loss", Checkers.named("no_loss").name());
    assertThrows(IllegalArgumentException.class, () -> Checkers.named("no_los"));
    Checkers.all().forEach(c -> assertTrue(c.requirement().endsWith("."), c.name()));
  }

  /** Without what a checker judges it may not say that all is well. */
  @ParameterizedTest
  @EnumSource(Profile.class)
  void noCheckerIsSatisfiedByAHistoryInWhichNothingHappened(Profile profile) {
    for (Checker checker : Checkers.all()) {
      for (History empty : List.of(new Story().in(profile), known(profile))) {
        Judged judged = checker.judge(empty);
        boolean open = judged.truth() == Truth.UNKNOWN || judged.truth() == Truth.EXCLUDED;
        assertTrue(open, checker.name() + ": " + judged);
      }
      assertTrue(checker.premise().endsWith("."), checker.name());
    }
  }

  /** Nothing happened, though all rules are known. */
  private static History known(Profile profile) {
    Terms terms = new Terms(profile, Backoff.STANDARD, "none", 1_000, 1_000, 3, 1_000);
    Event watched = new Event(Source.CLIENT, "ana", 1, "1", new Fact.Watched());
    Event healed = new Event(Source.CLIENT, "ana", 2, "1", new Fact.Healed());
    return History.of(List.of(watched, healed), terms, Map.of("m1", "an answer"));
  }

  @Nested
  class NoLossOf {
    @Test
    void failsAMessageThatVanished() {
      Story story = new Story().connects(1).says("m1").writes("m1");
      broken("no_loss", story.core(), "ana said m1, and nothing came of it");
    }

    @Test
    void failsAMessageThatNeverLeftThoughConnected() {
      Story story = new Story().connects(1).says("m1");
      broken("no_loss", story.core(), "ana said m1, and nothing came of it");
    }

    @Test
    void failsADoubtThatResumeDoesNotAllow() {
      Story story =
          new Story().connects(1).says("m1").writes("m1").inDoubt("m1", "timeout").loses();
      broken("no_loss", story.connects(2).in(Profile.RESUME), "ana said m1");
    }

    @Test
    void passesWhatEndedOrWasRefused() {
      Story story =
          new Story().connects(1).says("m1").ok("m1").says("m2").fails("m2", "queue_full");
      holds("no_loss", story.core(), "2 messages ended");
    }

    @Test
    void passesWhatCoreWroteToAConnectionThatDied() {
      Story story = new Story().connects(1).says("m1").writes("m1").loses().connects(2);
      holds("no_loss", story.core(), "0 messages ended, 1 written to a connection that died");
    }

    @Test
    void passesWhatCoreHandedToAConnectionThatHadJustGone() {
      Story story = new Story().connects(1).says("m1").misses("m1").loses().connects(2);
      holds("no_loss", story.core(), "0 messages ended, 1 written to a connection that died");
    }

    @Test
    void passesADoubtOfAReset() {
      Story story = new Story().connects(1).says("m1").writes("m1").inDoubt("m1", "lost_on_reset");
      holds("no_loss", story.in(Profile.RESUME), "0 messages ended");
    }

    @Test
    void leavesOpenWhatStillWaitsOffline() {
      Story story = new Story().connects(1).waits(1, 100).says("m1");
      unknown("no_loss", story.core(), "ana was not connected at the end; m1 still waits");
    }

    @Test
    void leavesOpenASilence() {
      unknown("no_loss", new Story().connects(1).core(), "nothing was said");
    }
  }

  @Nested
  class NoDuplicateOf {
    @Test
    void failsAnEndThatCameTwice() {
      Story story = asked().answered("m1", "r1").answered("m1", "r1");
      broken("no_duplicate", story.core(), "ana: the end of r1 came twice");
    }

    @Test
    void failsAMessageWithTwoRuns() {
      Story story = asked().answered("m1", "r1").answered("m1", "r2");
      broken("no_duplicate", story.core(), "ana: m1 was worked on twice, as r1 and r2");
    }

    @Test
    void failsMoreAnswersThanMessages() {
      Story story = asked().answeredPlainly().answeredPlainly();
      broken("no_duplicate", story.core(), "ana: 2 ends came for 1 messages");
    }

    @Test
    void passesAnAnswerThatEveryTabGets() {
      Story story = asked().answeredPlainly().at("ana.2").connects(1).says("m2").writes("m2");
      story.answeredPlainly().at("ana").answeredPlainly();
      holds("no_duplicate", story.core(), "3 ends, none twice");
    }

    @Test
    void failsAnAnswerTooManyBesideAnotherTab() {
      Story story = asked().answeredPlainly().at("ana.2").connects(1).says("m2").writes("m2");
      story.answeredPlainly().at("ana").answeredPlainly().answeredPlainly();
      broken("no_duplicate", story.core(), "ana: 3 ends came for 2 messages");
    }

    @Test
    void failsMoreAnswersThanMessagesOfOnePersonBesideAnother() {
      Story story = asked().answeredPlainly().answeredPlainly();
      story.at("ben").connects(1).says("m2").writes("m2").answeredPlainly();
      broken("no_duplicate", story.core(), "ana: 2 ends came for 1 messages");
    }

    @Test
    void failsARepeatUnderAnotherPosition() {
      Story story = asked().answered("m1", "r1", 4).loses().connects(2).answered("m1", "r1", 5);
      broken("no_duplicate", story.in(Profile.RESUME), "ana: the end of r1 came twice");
    }

    @Test
    void passesARepeatOnTheNextConnection() {
      Story story = asked().answered("m1", "r1", 4).loses().connects(2).answered("m1", "r1", 4);
      holds("no_duplicate", story.in(Profile.RESUME), "2 ends, none twice");
      holds("no_duplicate", story.core(), "2 ends, none twice");
    }

    @Test
    void leavesOpenAStoryWithoutEnds() {
      unknown("no_duplicate", asked().core(), "no answer came at all");
    }
  }

  @Nested
  class InOrderOf {
    @Test
    void failsWhatLeftInAnotherOrder() {
      Story story = new Story().connects(1).says("m1").says("m2").writes("m2").writes("m1");
      broken("in_order", story.core(), "ana: m2 left before what was said before it");
    }

    @Test
    void failsAnswersInAnotherOrder() {
      Story story = asked().says("m2").writes("m2").answered("m2", "r2").answered("m1", "r1");
      broken("in_order", story.core(), "ana: m1 was answered behind m2");
    }

    @Test
    void passesOrderAndItsRepeats() {
      Story story = asked().says("m2").writes("m2").answered("m1", "r1").answered("m2", "r2");
      holds("in_order", story.answered("m1", "r1").core(), "2 messages in order");
    }

    @Test
    void passesWhatWasGivenUpOverHttpAndStillArrives() {
      Story story = asked().inDoubt("m1", "http_unreachable").says("m2").writes("m2");
      story.answered("m2", "r2").answered("m1", "r1");
      holds("in_order", story.in(Profile.RESUME), "2 messages in order");
    }

    @Test
    void failsAnotherDoubtThatIsAnsweredBehind() {
      Story story = asked().inDoubt("m1", "reset").says("m2").writes("m2");
      story.answered("m2", "r2").answered("m1", "r1");
      broken("in_order", story.in(Profile.RESUME), "ana: m1 was answered behind m2");
    }

    @Test
    void leavesOpenAStoryInWhichNothingLeft() {
      unknown("in_order", new Story().connects(1).says("m1").core(), "no message left");
    }
  }

  @Nested
  class OneTerminalOf {
    @Test
    void failsASecondEnd() {
      Story story = asked().answered("m1", "r1").answered("m1", "r1");
      broken("one_terminal", story.core(), "ana: message of r1 behind its message");
    }

    @Test
    void failsAToolBehindTheEnd() {
      Story story = asked().answered("m1", "r1").tool("r1");
      broken("one_terminal", story.core(), "ana: tool_execution of r1 behind its message");
    }

    @Test
    void passesOneEndARun() {
      Story story = asked().tool("r1").answered("m1", "r1").says("m2").tool("r2");
      holds("one_terminal", story.answered("m2", "r2").core(), "2 runs, each with one end");
    }

    @Test
    void saysNothingOfRunsWithoutNames() {
      Story story = asked().answeredPlainly();
      judged(Truth.EXCLUDED, "one_terminal", story.core(), "the server names neither");
      unknown("one_terminal", story.in(Profile.RESUME), "no run that names itself");
    }

    /** Profile core has no run ids: the message that is answered names its run. */
    @Test
    void knowsARunByItsMessage() {
      Story story = asked().answeredBare("m1");
      holds("one_terminal", story.core(), "1 runs, each with one end");
      broken("one_terminal", asked().answeredBare("m1").answeredBare("m1").core(), "ana: ");
    }

    @Test
    void leavesOpenAStoryWithoutEnds() {
      unknown("one_terminal", asked().core(), "no run that names itself or its message ended");
    }
  }

  @Nested
  class ReconnectDelaysOf {
    @Test
    void failsADelayThatIsTooShort() {
      Story story = new Story().connects(1).loses().waits(1, 99);
      broken("reconnect_delays", story.core(), "ana: attempt 1 waits 99 ms, not 100 to 150");
    }

    @Test
    void failsADelayThatIsTooLong() {
      Story story = new Story().connects(1).loses().waits(1, 100).after(100).dials().waits(2, 251);
      broken("reconnect_delays", story.core(), "ana: attempt 2 waits 251 ms, not 200 to 250");
    }

    @Test
    void failsACountThatJumps() {
      Story story = new Story().connects(1).loses().waits(1, 100).waits(3, 350);
      broken("reconnect_delays", story.core(), "ana: attempt 3 came after attempt 1");
    }

    @Test
    void failsOneAttemptTooMany() {
      Story story = new Story().waits(4, 350).waits(5, 350);
      broken("reconnect_delays", story.core(), "ana: attempt 5 is one too many");
    }

    @Test
    void failsADelayThatIsSaidAndNotWaitedFor() {
      Story story = new Story().connects(1).loses().waits(1, 120).after(20).dials();
      broken("reconnect_delays", story.core(), "ana: attempt 1 came 100 ms too early");
    }

    @Test
    void failsAFloorThatIsIgnored() {
      Story story = new Story().connects(1).refusedFor(5_000).waits(1, 120);
      broken("reconnect_delays", story.core(), "ana: attempt 1 waits 120 ms, not 5000 to 5000");
    }

    @Test
    void passesDelaysThatGrowToTheirCap() {
      Story story = new Story().connects(1).loses();
      story.waits(1, 150).after(150).dials().waits(2, 200).after(200).dials().waits(3, 399);
      holds("reconnect_delays", story.after(399).dials().core(), "3 delays in range");
    }

    @Test
    void passesWhatTheServerAskedFor() {
      Story story = new Story().connects(1).drained(5_000).loses().waits(1, 5_000);
      holds("reconnect_delays", story.core(), "1 delays in range");
      Story refused = new Story().connects(1).refusedFor(7_000).waits(1, 7_000);
      holds("reconnect_delays", refused.core(), "1 delays in range");
    }

    @Test
    void passesARetryByHandBeforeTheDelayIsOver() {
      Story story = new Story().connects(1).loses().waits(1, 120).after(20).retries().dials();
      holds("reconnect_delays", story.core(), "1 delays in range");
    }

    @Test
    void startsOverAfterAConnection() {
      Story story = new Story().connects(1).loses().waits(1, 100).after(100).connects(2).loses();
      holds("reconnect_delays", story.waits(1, 100).core(), "2 delays in range");
    }

    @Test
    void leavesOpenAStoryWithoutReconnects() {
      unknown("reconnect_delays", new Story().connects(1).core(), "no client had to reconnect");
    }
  }

  @Nested
  class EveryFaultFiredOf {
    @Test
    void passesFaultsThatBit() {
      Story story = new Story().fault("planned", 0).fault("struck", 0).fault("over", 3);
      holds("every_fault_fired", story.core(), "1 faults struck");
    }

    @Test
    void leavesOpenAFaultThatBitNobody() {
      Story story = new Story().fault("planned", 0).fault("struck", 0).fault("over", 0);
      unknown("every_fault_fired", story.core(), "the fault down never struck");
    }

    @Test
    void passesASilentLinkOnWhichAClientSentNothing() {
      Story story = new Story().connects(1).fault("half_open", "struck", 0);
      story.fault("half_open", "over", 0).fault("half_open", "planned", 0);
      holds("every_fault_fired", story.core(), "1 faults struck");
    }

    @Test
    void leavesOpenASilentLinkThatNoClientHad() {
      Story story = new Story().connects(1).loses().waits(1, 100);
      story.fault("half_open", "struck", 0).fault("half_open", "over", 0);
      unknown("every_fault_fired", story.core(), "the fault half_open never struck");
    }

    @Test
    void leavesOpenAFaultThatWasNeverStarted() {
      Story story = new Story().fault("planned", 0).fault("planned", 0).fault("over", 1);
      unknown("every_fault_fired", story.core(), "1 of 2 faults never struck");
    }
  }

  private static Story asked() {
    return new Story().connects(1).says("m1").writes("m1");
  }

  private static void broken(String checker, History history, String evidence) {
    judged(Truth.FALSE, checker, history, evidence);
  }

  private static void holds(String checker, History history, String evidence) {
    judged(Truth.TRUE, checker, history, evidence);
  }

  private static void unknown(String checker, History history, String evidence) {
    judged(Truth.UNKNOWN, checker, history, evidence);
  }

  private static void judged(Truth truth, String checker, History history, String evidence) {
    Judged judged = Checkers.named(checker).judge(history);
    assertEquals(truth, judged.truth(), judged.evidence());
    assertTrue(judged.evidence().startsWith(evidence), judged.evidence());
  }
}
