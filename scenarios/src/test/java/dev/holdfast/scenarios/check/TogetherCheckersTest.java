package dev.holdfast.scenarios.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Member;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.scenarios.check.Checker.Judged;
import dev.holdfast.scenarios.check.Checker.Truth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checkers of sync, presence and push on stories that each must fail, pass and leave open. */
class TogetherCheckersTest {
  private static final Terms TERMS =
      new Terms(Profile.RESUME, new Backoff(1, 1, 0, 1), "none", 1_000, 500, 100, 0);
  private static final Resumption.Limits LIMITS = new Resumption.Limits(1, 1, 1, 1, 1, 1, 1);

  private final List<Event> events = new ArrayList<>();
  private long nowMs;

  @Test
  void tabsThatReadTheSameAgree() {
    unknown("same_transcript");
    for (String tab : List.of("left", "right")) {
      greeted(Source.CLIENT, tab, Capability.SYNC);
      heard(tab, echo("m1", 1));
      heard(tab, answer("m1", "r1", 2));
    }
    holds("same_transcript");
  }

  @Test
  void tabsThatReadOtherWordsDoNot() {
    for (String tab : List.of("left", "right")) {
      greeted(Source.CLIENT, tab, Capability.SYNC);
      heard(tab, echo("m1", 1));
      heard(tab, answer("m1", "left".equals(tab) ? "r1" : "r2", 2));
    }
    broken("same_transcript", "position 2 reads otherwise");
  }

  @Test
  void anAnswerWithoutItsQuestionIsFound() {
    greeted(Source.CLIENT, "left", Capability.SYNC);
    heard("left", answer("m1", "r1", 1));
    broken("same_transcript", "without the echo");
  }

  @Test
  void anEchoComesOnce() {
    greeted(Source.CLIENT, "left", Capability.SYNC);
    heard("left", echo("m1", 1));
    heard("left", echo("m1", 2));
    broken("same_transcript", "m1 was echoed twice");
  }

  @Test
  void whoSharesIsNotSuperseded() {
    add(Source.CLIENT, "left", "1", new Fact.Dialled());
    greeted(Source.CLIENT, "left", Capability.SYNC);
    add(Source.CLIENT, "left", "1", new Fact.Ended(CloseCode.SUPERSEDED));
    broken("same_transcript", "superseded");
  }

  @Test
  void whoIsThereIsToldSoon() {
    unknown("presence_in_time");
    guest("1");
    told("1", 1);
    guest("2");
    after(200);
    told("1", 2);
    told("2", 2);
    after(400);
    told("1", 2);
    holds("presence_in_time");
  }

  @Test
  void anOldStateIsFound() {
    guest("1");
    told("1", 1);
    guest("2");
    after(400);
    told("2", 2);
    broken("presence_in_time", "was told of 1 and there are 2");
  }

  @Test
  void fiveTimesWithinASecondIsTooOften() {
    guest("1");
    for (int i = 0; i < 5; i++) {
      told("1", 1);
      after(100);
    }
    broken("presence_in_time", "5 told within a second");
  }

  @Test
  void theLongSilentAreNotCounted() {
    guest("1");
    told("1", 1);
    after(4_000);
    told("1", 1);
    broken("presence_in_time", "sent nothing for 4000 ms");
  }

  @Test
  void aPushRunsAndIsShownOnce() {
    unknown("push_once");
    pushed("q1", "p1", "r1");
    pushed("q2", "p1", "r1");
    shown("left", "r1", true);
    shown("right", "r1", true);
    holds("push_once");
  }

  @Test
  void aPushThatBeginsTwoRunsIsFound() {
    pushed("q1", "p1", "r1");
    pushed("q2", "p1", "r2");
    broken("push_once", "p1 began two runs");
  }

  @Test
  void anUnansweredPushIsFound() {
    add(Source.SERVER, "s", null, new Fact.PushAsked("q1", "p1"));
    broken("push_once", "no answer came to [p1]");
  }

  @Test
  void aPushedRunSaysSoAndEndsOnce() {
    pushed("q1", "p1", "r1");
    shown("left", "r1", false);
    broken("push_once", "does not say so");
    events.removeLast();
    shown("left", "r1", true);
    shown("left", "r1", true);
    broken("push_once", "shown twice");
  }

  private void after(long ms) {
    nowMs += ms;
  }

  private void add(Source source, String process, @Nullable String connection, Fact fact) {
    events.add(new Event(source, process, nowMs * 1_000_000, connection, fact));
  }

  private static Frame connected(String capability) {
    Resumption resumption =
        new Resumption(
            Resumption.Outcome.NEW, null, true, "e1", "token", 0, 0, LIMITS, List.of(capability));
    return new Frame(Envelope.EMPTY, new Status.Connected("s1", 1_000, null, resumption));
  }

  private void greeted(Source source, String process, String capability) {
    add(source, process, "1", new Fact.Heard("status", connected(capability), false));
  }

  private void heard(String tab, Frame frame) {
    add(Source.CLIENT, tab, "1", new Fact.Heard("message", frame, false));
  }

  private static Frame echo(String id, long seq) {
    return new Frame(Envelope.EMPTY.withReplyTo(id).withSeq(seq), Message.echo("hi"));
  }

  private static Frame answer(String id, String run, long seq) {
    return new Frame(
        Envelope.EMPTY.withReplyTo(id).withRun(run).withSeq(seq),
        Message.answer("done", List.of()));
  }

  /** A connection to the server that asks to be told who is there. */
  private void guest(String connection) {
    add(Source.SERVER, "s", connection, new Fact.Accepted());
    wrote(connection, connected(Capability.PRESENCE));
  }

  private void told(String connection, int connections) {
    List<Member> members = List.of(new Member("ana", connections, "2026-01-01T00:00:00Z"));
    wrote(connection, new Frame(Envelope.EMPTY, new Status.Presence(members)));
  }

  private void wrote(String connection, Frame frame) {
    add(Source.SERVER, "s", connection, new Fact.Wrote("status", null, frame, true));
  }

  private void pushed(String request, String id, String run) {
    add(Source.SERVER, "s", null, new Fact.PushAsked(request, id));
    add(Source.SERVER, "s", null, new Fact.PushAnswered(request, run));
  }

  private void shown(String tab, String run, boolean saysSo) {
    Envelope envelope = Envelope.EMPTY.withRun(run).withOrigin(saysSo ? Envelope.PUSH : null);
    Frame frame = new Frame(envelope, Message.answer("done", List.of()));
    add(Source.CLIENT, tab, "1", new Fact.Delivered(frame));
  }

  private Judged judged(String checker) {
    return Checkers.named(checker).judge(History.of(events, TERMS, java.util.Map.of()));
  }

  private void holds(String checker) {
    Judged judged = judged(checker);
    assertEquals(Truth.TRUE, judged.truth(), judged::toString);
  }

  private void unknown(String checker) {
    assertEquals(Truth.UNKNOWN, judged(checker).truth());
  }

  private void broken(String checker, String evidence) {
    Judged judged = judged(checker);
    assertEquals(Truth.FALSE, judged.truth(), judged::toString);
    assertTrue(judged.toString().contains(evidence), judged::toString);
  }
}
