package dev.holdfast.scenarios.blame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import dev.holdfast.report.result.Blame;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Culprit;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who broke a rule is whoever the evidence is about, whatever the rule is called. */
class BrokenRulesTest {
  private final Journal link = new Journal(Source.PROXY, "link");
  private final Journal faults = new Journal(Source.PROXY, "faults");

  @Test
  void heartbeatIsKeptByBothHalves() {
    assertEquals(Culprit.SERVER, blamed(Source.SERVER, "heartbeat_deadlines"));
    assertEquals(Culprit.CLIENT, blamed(Source.CLIENT, "heartbeat_deadlines"));
  }

  @Test
  void positionsAndAcksAreTheClientsToo() {
    for (String rule : List.of("positions", "acks_in_time")) {
      assertEquals(Culprit.CLIENT, blamed(Source.CLIENT, rule));
      assertEquals(Culprit.SERVER, blamed(Source.SERVER, rule));
    }
    assertEquals(Culprit.CLIENT, blamed(Source.CLIENT, "shown_once"));
  }

  @Test
  void frameThatAFaultChangedIsTheNetworks() {
    faults.add(1, "", null, null, Kind.FAULT, "frame_corrupt", Map.of("phase", "struck"));
    assertEquals(Culprit.NETWORK, blamed(Source.SERVER, "positions"));
    assertEquals(Culprit.CLIENT, blamed(Source.CLIENT, "positions"));
  }

  /** A client that is shown nonsense shows nonsense. */
  @Test
  void serverThatSpeaksWronglyIsBlamedForWhatItsClientThenShows() {
    assertEquals(
        Culprit.SERVER,
        culprit(
            checker -> checker.equals("delivery") ? Source.CLIENT : Source.SERVER,
            "delivery",
            "positions"));
    assertEquals(Culprit.CLIENT, blamed(Source.CLIENT, "delivery"));
  }

  @Test
  void evidenceThatTellsNothingIsHeldAgainstNobody() {
    assertEquals(Culprit.UNDECIDABLE, blamed(null, "no_blame"));
  }

  private Culprit blamed(@Nullable Source half, String checker) {
    return culprit(name -> half, checker);
  }

  private Culprit culprit(
      java.util.function.Function<String, @Nullable Source> whose, String... checkers) {
    link.add(2, "", null, "1", Kind.FRAME, "status", Map.of("direction", "down"));
    List<CheckResult> checks =
        Stream.of(checkers).map(c -> new CheckResult(c, Verdict.FAIL, "ana: wrong")).toList();
    Finding finding = Finding.about(Stage.CHAOS, "x", "y").checks(checks).violated("ana: wrong");
    Testimony testimony =
        new Testimony(Stream.concat(link.records().stream(), faults.records().stream()).toList());
    Blame blame = Blames.of(finding, testimony, Profile.RESUME, whose);
    assertNotNull(blame);
    return blame.culprit();
  }
}
