package dev.holdfast.scenarios.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.scenarios.check.Checker.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A message in doubt after a reset, on a server that forgets nothing. */
class NoLossTest {
  private static final Terms TERMS =
      new Terms(Profile.RESUME, new Backoff(1, 1, 0, 1), "process", 1, 1, 100, 1_000);

  private final List<Event> events = new ArrayList<>();

  @Test
  void refusalThatAnotherTabTookIsNoLoss() {
    see("ana", new Fact.Said("m1"));
    hearsRefusal("ana.2");
    inDoubt();
    assertEquals(Truth.TRUE, judged());
  }

  @Test
  void refusalThatNobodyHeardIsNoLoss() {
    see("ana", new Fact.Said("m1"));
    events.add(
        new Event(
            Source.SERVER, "server-1", 1, "c1", new Fact.Wrote("error", null, refusal(), true)));
    inDoubt();
    assertEquals(Truth.TRUE, judged());
  }

  @Test
  void doubtOfWhatNobodyRefusedIsALoss() {
    see("ana", new Fact.Said("m1"));
    inDoubt();
    assertEquals(Truth.FALSE, judged());
  }

  @Test
  void doubtOfWhoHeardTheRefusalIsALoss() {
    see("ana", new Fact.Said("m1"));
    hearsRefusal("ana.2");
    hearsRefusal("ana");
    inDoubt();
    assertEquals(Truth.FALSE, judged());
  }

  private static Frame refusal() {
    Envelope envelope = Envelope.EMPTY.withReplyTo("m1").withSeq(3);
    return new Frame(envelope, Failure.retryable(ErrorCode.BUSY, "Too many wait."));
  }

  private void hearsRefusal(String tab) {
    see(tab, new Fact.Heard("error", refusal(), false));
  }

  private void inDoubt() {
    see("ana", new Fact.Shown(LinkState.CONNECTED, 0, 0));
    see("ana", new Fact.Settled("m1", Kind.INDETERMINATE, "lost_on_reset", false));
  }

  private void see(String process, Fact fact) {
    events.add(new Event(Source.CLIENT, process, events.size(), "1", fact));
  }

  private Truth judged() {
    return Checkers.named("no_loss").judge(History.of(events, TERMS, Map.of())).truth();
  }
}
