package dev.holdfast.scenarios.conformance.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.client.ClientPlay.Played;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What failed by absence beside other cases counts when it fails alone, too. */
class ClientQuietReplayTest {
  private final ClientQuietReplay quiet = new ClientQuietReplay();
  private final AtomicInteger plays = new AtomicInteger();

  private static FindingBuilder about(String address) {
    return Finding.about(Stage.CONFORMANCE, address, "It comes.").clause(address);
  }

  private static Finding late(String address) {
    return about(address).expected("it within 5 s").violated("nothing");
  }

  private Finding settled(String address, Played again) throws InterruptedException {
    return settled(address, false, again);
  }

  private Finding settled(String address, boolean busy, Played again) throws InterruptedException {
    return quiet.settle(
        late(address),
        about(address),
        busy,
        () -> {
          plays.incrementAndGet();
          return again;
        });
  }

  @Test
  void whatPassesAloneIsAWarningThatSaysSo() throws Exception {
    Finding finding = settled("a/one", new Played(about("a/one").pass(), false));
    assertEquals(Verdict.WARN, finding.verdict());
    assertTrue(String.valueOf(finding.seen()).startsWith("only beside other cases: nothing"));
  }

  @Test
  void whatPassesAlonePassesWhereTheMachineWasBusy() throws Exception {
    Finding finding = settled("a/one", true, new Played(about("a/one").pass(), false));
    assertEquals(Verdict.PASS, finding.verdict());
  }

  @Test
  void whatFailsAloneTooIsAFailure() throws Exception {
    Finding finding = settled("a/one", new Played(late("a/one"), true));
    assertEquals(Verdict.FAIL, finding.verdict());
  }

  @Test
  void whatIsInconclusiveAloneIsInconclusive() throws Exception {
    Finding finding = settled("a/one", new Played(about("a/one").inconclusive("chance"), false));
    assertEquals(Verdict.INCONCLUSIVE, finding.verdict());
  }

  @Test
  void aPremiseThatWasAbsentIsLookedForAloneUntilEightWereAbsentAlone() throws Exception {
    Played pass = new Played(about("a/one").pass(), false);
    assertEquals(Verdict.PASS, resettled("a/one", pass).verdict());
    for (int i = 0; i < 10; i++) {
      Played absent = new Played(about("b/" + i).inconclusive("nothing came"), true);
      assertEquals(Verdict.INCONCLUSIVE, resettled("b/" + i, absent).verdict());
    }
    assertEquals(9, plays.get());
  }

  private Finding resettled(String address, Played again) throws InterruptedException {
    return quiet.settle(
        about(address).inconclusive("the premise did not come about"),
        about(address),
        false,
        () -> {
          plays.incrementAndGet();
          return again;
        });
  }

  @Test
  void aClauseIsConfirmedOnce() throws Exception {
    settled("a/one", new Played(late("a/one"), true));
    assertEquals(Verdict.FAIL, settled("a/one", new Played(late("a/one"), true)).verdict());
    assertEquals(1, plays.get());
  }

  @Test
  void afterEightConfirmedClausesTheOthersCountUnplayed() throws Exception {
    for (int i = 0; i < 10; i++) {
      settled("a/" + i, new Played(late("a/" + i), true));
    }
    assertEquals(8, plays.get());
  }
}
