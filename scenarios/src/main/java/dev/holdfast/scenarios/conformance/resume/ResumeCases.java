package dev.holdfast.scenarios.conformance.resume;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Case.Turn;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import java.util.List;
import java.util.stream.Stream;

/** All cases that speak profile resume. */
public final class ResumeCases {
  /** Clauses that every frame of a run is held against, by the JSON Schema of the profile. */
  private static final List<String> EVERY_FRAME =
      List.of(
          "resume/connected-fields",
          "resume/nothing-else-has-a-position",
          "heartbeat/ping-has-an-id",
          "heartbeat/pong-names-its-ping");

  public static final List<Case> ALL =
      Stream.of(
              HelloCases.ALL,
              TokenCases.ALL,
              PositionCases.ALL,
              IdCases.ALL,
              ReplayCases.ALL,
              ResetCases.ALL,
              CapabilityCases.ALL,
              SyncCases.ALL,
              PresenceCases.ALL,
              PushCases.ALL,
              StageCases.ALL,
              everyFrame())
          .flatMap(List::stream)
          .map(Case::resuming)
          .toList();

  private ResumeCases() {}

  private static List<Case> everyFrame() {
    return EVERY_FRAME.stream()
        .map(clause ->
            Case.of(
                    clause,
                    "Frames are put together by hand in several places; give them one writer.",
                    b -> fits(b, clause))
                .at(Turn.AFTERWARDS))
        .toList();
  }

  private static void fits(Bench b, String clause) throws Finds, InterruptedException {
    try {
      Visit visit = Person.in(b).visits();
      visit.answer(visit.says(b.plain()));
      visit.stillHears();
    } catch (Mismatch other) {
      // What did not come is the business of other cases; here what came is looked at.
      b.log().note("c1", "the conversation went no further");
    }
    b.everyFrameFits(Profile.RESUME, clause);
  }
}
