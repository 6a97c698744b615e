package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.conformance.Case.Turn;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every frame must look like: these cases hold all frames that any case of the run received
 * against the JSON Schemas and the format of timestamps, each for its clause, and have a
 * conversation of their own first, so that each can be played alone.
 */
final class FrameCases {
  private static final String CAUSE =
      "Some frames do not fit the schema; make all frames in one place and check them against it.";

  /** Clauses that each frame keeps or breaks by itself, and the frames that each speaks of. */
  private static final Map<String, FrameKind> CORE = new LinkedHashMap<>();

  static {
    CORE.put("envelope/timestamp-is-readable", FrameKind.TIMED);
    CORE.put("transport/one-object-a-text-frame", FrameKind.ANY);
    CORE.put("envelope/type-and-data", FrameKind.ANY);
    CORE.put("envelope/six-types", FrameKind.ANY);
    CORE.put("envelope/optional-fields-keep-their-kind", FrameKind.OPTIONAL);
    CORE.put("envelope/id-alphabet", FrameKind.NAMED);
    CORE.put("envelope/timestamp-always-sent", FrameKind.ANY);
    CORE.put("envelope/timestamp-is-utc-milliseconds", FrameKind.TIMED);
    CORE.put("envelope/error-has-data-error", FrameKind.ERROR);
    CORE.put("envelope/error-has-a-code", FrameKind.ERROR);
    CORE.put("envelope/error-retryable-is-boolean", FrameKind.RETRYABLE);
    CORE.put("conversation/greeting-fields", FrameKind.GREETING);
    CORE.put("conversation/tool-execution-fields", FrameKind.TOOL);
    CORE.put("conversation/terminal-message-fields", FrameKind.ANSWER);
  }

  static final List<Case> ALL = all();

  private FrameCases() {}

  private static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    CORE.forEach((clause, kind) ->
        cases.add(
            Case.of(clause, CAUSE)
                .given(kind.words() + " came to a case of this run", b -> came(b, kind))
                .then((b, frames) -> b.everyFrameFits(Profile.CORE, clause))
                .at(Turn.AFTERWARDS)));
    return List.copyOf(cases);
  }

  private static List<Event.Text> came(Bench b, FrameKind kind) throws Finds, InterruptedException {
    List<Event.Text> own = conversation(b);
    b.sawFrames(Profile.CORE, kind);
    return own;
  }

  /** A bit of everything that a server says: greeting, runs, pong, error. */
  private static List<Event.Text> conversation(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    try {
      for (Stimulus kind : List.of(Stimulus.TWO_TOOLS, Stimulus.FAIL)) {
        if (b.target().stimulus(kind) != null) {
          t.says(b.stimulus(kind));
          t.terminal();
        }
      }
      t.says(b.plain());
      t.terminal();
      t.stillHears();
      t.sendsText("[]");
      t.errorOrClose();
    } catch (Mismatch other) {
      // What did not come is for other cases to judge; here what came is looked at.
      b.log().note("c1", "the conversation went no further");
    }
    return t.heard();
  }
}
