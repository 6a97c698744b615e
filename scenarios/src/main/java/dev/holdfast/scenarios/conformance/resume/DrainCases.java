package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Case.Turn;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Talk;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.List;
import java.util.Map;

/** Section rollout in profile resume: what comes after status drain is neither taken nor acked. */
final class DrainCases {
  static final List<Case> ALL =
      List.of(
          one(
                  "rollout/drain-accepts-nothing-new",
                  "in-resume",
                  "A message that arrives during a drain is accepted, and its end cuts the answer off.",
                  Need.ADMIN,
                  Need.FRESH_PROCESS,
                  Need.SLOW_ANSWER)
              .given(
                  "a message was sent after status drain and before the end of a run",
                  DrainCases::saidInADrain)
              .then(DrainCases::isNotTaken)
              .at(Turn.ALONE));

  private DrainCases() {}

  private static Visit saidInADrain(Bench b) throws Finds, InterruptedException {
    b.restart(Map.of());
    Visit visit = Person.in(b).visits();
    visit.says(b.slow());
    visit.awaitAck(1);
    int status = b.http().send("POST", "/admin/drain", "").get().statusCode();
    if (status < 200 || status > 299) {
      throw new Mismatch("POST /admin/drain to be accepted", "HTTP " + status);
    }
    visit.status("drain");
    if (visit.person.sawAnEnd()) {
      throw new Unclear("the run ended before the drain was announced");
    }
    visit.says(b.plain());
    return visit;
  }

  /** The first message's answer comes, or the connection ends; the second one is never answered. */
  private static void isNotTaken(Bench b, Visit visit) throws Finds, InterruptedException {
    try {
      int answers = 0;
      Event event = visit.next(visit.slowMs());
      while (event instanceof Event.Text frame) {
        answers += frame.isAnswer() ? 1 : 0;
        if (answers > 1 || frame.json().path("ack").asLong(0) > 1) {
          throw new Mismatch(
              "no ack and no answer to a message that came after status drain",
              Talk.describe(frame));
        }
        event = visit.next(visit.slowMs());
      }
    } finally {
      b.restart(Map.of());
    }
  }
}
