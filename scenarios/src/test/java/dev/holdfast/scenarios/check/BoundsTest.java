package dev.holdfast.scenarios.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.scenarios.check.Checker.Judged;
import dev.holdfast.scenarios.check.Checker.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checkers of bounds, on either side of theirs: how long a message may take, how many wait. */
class BoundsTest {
  private static final int LIMIT = 3;
  private static final long ENDS_WITHIN_MS = 600;
  private static final Terms TERMS =
      new Terms(Profile.RESUME, new Backoff(1, 1, 0, 1), "none", 1, 1, LIMIT, ENDS_WITHIN_MS);

  private final List<Event> events = new ArrayList<>();
  private long nowMs;

  @Test
  void messageThatNeverEndsIsStuckOnceTheBoundIsWatched() {
    says("m1").see(new Fact.Healed()).after(ENDS_WITHIN_MS).see(new Fact.Watched());
    judged(Truth.FALSE, "liveness", "ana: no end came for [m1]");
  }

  @Test
  void messageThatEndsTooLateIsStuck() {
    says("m1").see(new Fact.Healed()).after(ENDS_WITHIN_MS + 1).ends("m1");
    judged(Truth.FALSE, "liveness", "ana: no end came for [m1]");
  }

  @Test
  void messageThatEndsWithinTheBoundLives() {
    says("m1").see(new Fact.Healed()).after(ENDS_WITHIN_MS).ends("m1").see(new Fact.Watched());
    judged(Truth.TRUE, "liveness", "everything of 1 clients ended");
  }

  @Test
  void messageSaidLaterHasItsWholeTime() {
    see(new Fact.Healed()).after(ENDS_WITHIN_MS).says("m1").see(new Fact.Watched());
    judged(Truth.UNKNOWN, "liveness", "ana: [m1] may still end");
  }

  @Test
  void historyThatStopsBeforeTheBoundLeavesItOpen() {
    says("m1").see(new Fact.Healed()).after(ENDS_WITHIN_MS - 1).see(new Fact.Watched());
    judged(Truth.UNKNOWN, "liveness", "ana: [m1] may still end");
  }

  @Test
  void nobodyIsBoundToAnythingInAnIllWorld() {
    says("m1").after(ENDS_WITHIN_MS * 2).see(new Fact.Watched());
    judged(Truth.UNKNOWN, "liveness", "no client was told that the network healed");
  }

  @Test
  void oneMessageAboveTheLimitIsOneTooMany() {
    says("m1").says("m2").says("m3").says("m4").see(new Fact.Watched());
    judged(Truth.FALSE, "queue_bound", "ana: 4 messages wait, 3 may");
  }

  @Test
  void oneMessageAboveTheLimitIsNoticedAtTheVeryEnd() {
    says("m1").says("m2").says("m3").says("m4");
    judged(Truth.FALSE, "queue_bound", "ana: 4 messages wait, 3 may");
  }

  @Test
  void theNextIsRefusedAndWhatIsWrittenMakesRoom() {
    says("m1").says("m2").says("m3").says("m4").refuses("m4").writes("m1").says("m5");
    judged(Truth.TRUE, "queue_bound", "at most 3 of 3 waited");
  }

  @Test
  void refusalBelowTheLimitIsWrong() {
    says("m1").says("m2").says("m3").refuses("m3");
    judged(Truth.FALSE, "queue_bound", "ana: m3 was refused while 2 waited");
  }

  @Test
  void cancelTakesAPlaceUntilItIsWritten() {
    says("m1").says("m2").cancels("c1").says("m3").refuses("m3");
    judged(Truth.TRUE, "queue_bound", "at most 3 of 3 waited");
    writes("m1").writes("m2").writes("c1").says("m4").refuses("m4");
    judged(Truth.FALSE, "queue_bound", "ana: m4 was refused while 0 waited");
  }

  /** A server without that capability is not sent it, and nobody is told. */
  @Test
  void cancelHasLeftOnceALaterMessageIsWritten() {
    cancels("c1").says("m1").writes("m1").says("m2").says("m3").says("m4").refuses("m4");
    judged(Truth.FALSE, "queue_bound", "ana: m4 was refused while 2 waited");
  }

  @Test
  void limitThatIsNotKnownCannotBeJudged() {
    says("m1");
    Terms unknown = Terms.of(Profile.RESUME, new Backoff(1, 1, 0, 1), "none");
    Judged judged =
        Checkers.named("queue_bound").judge(History.of(List.copyOf(events), unknown, Map.of()));
    assertEquals(Truth.UNKNOWN, judged.truth());
  }

  private BoundsTest says(String id) {
    return see(new Fact.Said(id));
  }

  private BoundsTest cancels(String id) {
    return see(new Fact.Cancelled(id));
  }

  private BoundsTest writes(String id) {
    return see(new Fact.Wrote("message", id, null, true));
  }

  private BoundsTest ends(String id) {
    return see(new Fact.Settled(id, Kind.OK, null, false));
  }

  private BoundsTest refuses(String id) {
    return see(new Fact.Settled(id, Kind.FAIL, "queue_full", true));
  }

  private BoundsTest after(long ms) {
    nowMs += ms;
    return this;
  }

  private BoundsTest see(Fact fact) {
    events.add(new Event(Source.CLIENT, "ana", nowMs * 1_000_000, null, fact));
    return this;
  }

  private void judged(Truth truth, String checker, String evidence) {
    Judged judged = Checkers.named(checker).judge(History.of(List.copyOf(events), TERMS, Map.of()));
    assertEquals(truth, judged.truth(), judged.evidence());
    assertTrue(judged.evidence().startsWith(evidence), judged.evidence());
  }
}
