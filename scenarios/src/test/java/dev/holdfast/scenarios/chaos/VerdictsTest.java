package dev.holdfast.scenarios.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.machine.Starvation;
import dev.holdfast.scenarios.model.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a scenario concludes with and without its premise. */
class VerdictsTest {
  private static final Scenario CUT =
      ChaosScenarios.ALL.stream()
          .filter(s -> s.name().equals("cut-mid-run"))
          .findFirst()
          .orElseThrow();

  private static final String MISSED = "ana, step 3: no end";
  private static final String WORKING =
      "{\"type\":\"status\",\"data\":{\"status\":\"processing\"}}";
  private static final Starvation STARVED = new Starvation(900, 0.5);

  private final List<HistoryRecord> records = new ArrayList<>();

  private VerdictsTest add(
      Source source, String process, @Nullable String on, Kind kind, String op, Object... data) {
    Map<String, Object> fields = new java.util.LinkedHashMap<>();
    for (int i = 0; i < data.length; i += 2) {
      fields.put((String) data[i], data[i + 1]);
    }
    int n = records.size() + 1;
    records.add(
        new HistoryRecord(
            source, process, n, n, "2026-01-01T00:00:00Z", "s1", on, kind, op, null, fields));
    return this;
  }

  private VerdictsTest ana(String on, Kind kind, String op, Object... data) {
    return add(Source.CLIENT, "ana", on, kind, op, data);
  }

  /** Says m1, whose connection is cut before its end. */
  private VerdictsTest cut() {
    return ana("1", Kind.STATE, "connected")
        .ana("1", Kind.INVOKE, "say", "id", "m1")
        .ana("1", Kind.FRAME, "message", "direction", "out", "id", "m1")
        .ana("1", Kind.FRAME, "status", "direction", "in", "text", WORKING)
        .ana("1", Kind.STATE, "closed", "code", 1006L)
        .ana("2", Kind.STATE, "dial")
        .ana("2", Kind.STATE, "connected");
  }

  private VerdictsTest fault(long bites) {
    add(Source.PROXY, "faults", null, Kind.FAULT, "down", "phase", "planned");
    return add(Source.PROXY, "faults", null, Kind.FAULT, "down", "phase", "over", "bites", bites);
  }

  private Finding judged(Profile profile, @Nullable String missed, Starvation machine) {
    History history = new History(records, profile, Backoff.STANDARD);
    return Verdicts.judge(Stage.CHAOS, CUT, history, missed, machine, 1, "again");
  }

  /** The link was never cut: nothing that follows is a cut's doing. */
  @Test
  void aScenarioWhoseFaultNeverStruckIsNotJudged() {
    Finding finding = cut().fault(0).judged(Profile.RESUME, MISSED, Starvation.NONE);
    assertEquals(Verdict.INCONCLUSIVE, finding.verdict());
    assertTrue(String.valueOf(finding.seen()).startsWith("the fault down never struck"));
    assertTrue(String.valueOf(finding.seen()).contains("no_loss: ana said m1"), finding::toString);
  }

  /** The link was cut after the answer, so nothing is known of a cut before it. */
  @Test
  void aScenarioWhosePremiseIsNotProvenIsNotJudged() {
    ana("1", Kind.STATE, "connected")
        .ana("1", Kind.INVOKE, "say", "id", "m1")
        .ana("1", Kind.FRAME, "message", "direction", "out", "id", "m1")
        .ana("1", Kind.FRAME, "status", "direction", "in", "text", WORKING)
        .ana("1", Kind.OK, "say", "id", "m1")
        .ana("1", Kind.STATE, "closed", "code", 1006L);
    Finding finding = fault(1).judged(Profile.RESUME, MISSED, Starvation.NONE);
    assertEquals(Verdict.INCONCLUSIVE, finding.verdict(), finding::toString);
    String seen = String.valueOf(finding.seen());
    assertTrue(seen.startsWith("the premise is not proven"), seen);
    assertTrue(seen.endsWith("without that: " + MISSED), seen);
  }

  @Test
  void anEmptyHistoryProvesNothing() {
    Finding finding = judged(Profile.RESUME, null, Starvation.NONE);
    assertEquals(Verdict.INCONCLUSIVE, finding.verdict(), finding::toString);
  }

  @Test
  void resumePromisesAnAnswerAcrossACut() {
    Finding finding = cut().fault(1).judged(Profile.RESUME, MISSED, Starvation.NONE);
    assertEquals(Verdict.FAIL, finding.verdict(), finding::toString);
  }

  @Test
  void coreOnlyRecommendsAnAnswerAcrossACut() {
    Finding finding = cut().fault(1).judged(Profile.CORE, MISSED, Starvation.NONE);
    assertEquals(Verdict.WARN, finding.verdict(), finding::toString);
    assertEquals(MISSED, finding.seen());
  }

  /** A message on a connection that lives is owed its answer in core, too. */
  @Test
  void coreFailsWhatVanishesWithoutACut() {
    cut()
        .ana("2", Kind.INVOKE, "say", "id", "m2")
        .ana("2", Kind.FRAME, "message", "direction", "out", "id", "m2");
    Finding finding = fault(1).judged(Profile.CORE, MISSED, Starvation.NONE);
    assertEquals(Verdict.FAIL, finding.verdict(), finding::toString);
  }

  @Test
  void aStarvedMachineExcusesWhatDidNotComeAndIsNamed() {
    Finding finding = cut().fault(1).judged(Profile.RESUME, MISSED, STARVED);
    assertEquals(Verdict.INCONCLUSIVE, finding.verdict());
    assertTrue(String.valueOf(finding.seen()).startsWith("this machine was starved"));
  }

  @Test
  void aStarvedMachineExcusesNothingThatCameTwice() {
    cut().fault(1);
    for (int i = 0; i < 2; i++) {
      String text = "{\"type\":\"message\",\"data\":{\"content\":\"x\"},\"run_id\":\"r1\"}";
      ana("2", Kind.FRAME, "message", "direction", "in", "run_id", "r1", "text", text);
    }
    Finding finding = judged(Profile.CORE, null, STARVED);
    assertEquals(Verdict.FAIL, finding.verdict(), finding::toString);
  }

  /** Whoever reads the history again comes to the same verdict. */
  @Test
  void isTheSameWhenJudgedAgain() {
    cut().fault(1);
    for (Profile profile : Profile.values()) {
      for (Starvation machine : List.of(Starvation.NONE, STARVED)) {
        Finding said = judged(profile, MISSED, machine);
        History history = new History(records, profile, Backoff.STANDARD);
        Finding again =
            Verdicts.again(said, CUT.expect(), CUT.premise(), history, Verdicts.missed(said));
        assertEquals(said.verdict(), again.verdict());
        assertEquals(said.seen(), again.seen());
      }
    }
  }
}
