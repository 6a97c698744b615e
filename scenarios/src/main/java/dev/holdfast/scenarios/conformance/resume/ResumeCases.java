package dev.holdfast.scenarios.conformance.resume;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Case.Turn;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All cases that speak profile resume. */
public final class ResumeCases {
  private static final String CAUSE =
      "Some frames do not fit the schema; make all frames in one place and check them against it.";

  /** A ping that comes later is waited for with {@code --slow} only. */
  private static final long SOON_MS = 5_000;

  private static final long LONGEST_SILENCE_MS = 50_000;

  public static final List<Case> ALL =
      Stream.of(
              HelloCases.ALL,
              TokenCases.ALL,
              PositionCases.ALL,
              AckCases.ALL,
              IdCases.ALL,
              ReplayCases.ALL,
              CutCases.ALL,
              ResetCases.ALL,
              CapabilityCases.ALL,
              SyncCases.ALL,
              PresenceCases.ALL,
              PushCases.ALL,
              StageCases.ALL,
              DrainCases.ALL,
              everyFrame())
          .flatMap(List::stream)
          .map(Case::resuming)
          .toList();

  private ResumeCases() {}

  /** Every frame of a run is held against the JSON Schema of the profile, clause by clause. */
  private static List<Case> everyFrame() {
    return List.of(
        fits("resume/connected-fields", "status connected", e -> e.isStatus("connected")),
        fits("resume/nothing-else-has-a-position", "a pong", e -> e.type().equals("pong")),
        fits("heartbeat/pong-names-its-ping", "a pong", e -> e.type().equals("pong")),
        Case.of("heartbeat/ping-has-an-id", CAUSE)
            .given("a ping of the server came", ResumeCases::pinged)
            .then((b, frames) -> b.everyFrameFits(Profile.RESUME, "heartbeat/ping-has-an-id"))
            .at(Turn.AFTERWARDS));
  }

  private static Case fits(String clause, String what, Predicate<Event.Text> kind) {
    return Case.of(clause, CAUSE)
        .given(
            what + " came, in a conversation of this case",
            b -> {
              List<Event.Text> frames = conversation(b).talk.heard();
              if (frames.stream().noneMatch(kind)) {
                throw new Unclear(what + " did not come");
              }
              return frames;
            })
        .then((b, frames) -> b.everyFrameFits(Profile.RESUME, clause))
        .at(Turn.AFTERWARDS);
  }

  /** A bit of everything: greeting, run, pong. */
  private static Visit conversation(Bench b) throws Finds, InterruptedException {
    Visit visit = Person.in(b).visits();
    visit.answer(visit.says(b.plain()));
    visit.talk.pings("every-frame");
    visit.expect(
        "a pong, or a ping of the server", e -> e.type().equals("pong") || e.type().equals("ping"));
    return visit;
  }

  private static Visit pinged(Bench b) throws Finds, InterruptedException {
    Visit visit = conversation(b);
    if (visit.talk.heard().stream().anyMatch(e -> e.type().equals("ping"))) {
      return visit;
    }
    long silenceMs = visit.told("heartbeat_interval_ms") * 5 / 4;
    if (silenceMs > LONGEST_SILENCE_MS) {
      throw new Inapplicable("the server pings after " + silenceMs + " ms, longer than a case");
    }
    if (silenceMs > SOON_MS && !b.pace().slow()) {
      throw new Inapplicable(
          "the server pings after " + silenceMs + " ms: needs " + Need.TIME.explanation());
    }
    visit.expect("a ping", e -> e.type().equals("ping"), silenceMs + visit.talk.patienceMs());
    return visit;
  }
}
