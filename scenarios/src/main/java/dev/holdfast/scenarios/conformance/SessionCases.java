package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;

/** Section session: two connections of one conversation. */
final class SessionCases {
  static final List<Case> ALL =
      List.of(
          Case.of(
              "session/stale-close-is-harmless",
              "The close handler removes the session's entry without asking whose it is.",
              SessionCases::staleClose),
          Case.of(
              "session/newest-gets-the-frames",
              "Frames still go to the older connection.",
              SessionCases::newest));

  private SessionCases() {}

  private static void staleClose(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    Talk older = b.connect(session);
    Talk newer = b.connect(session);
    older.cut();
    newer.says(b.stimulus(Stimulus.PLAIN));
    newer.answer(Talk.PATIENCE_MS);
  }

  private static void newest(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    b.connect(session);
    Talk newer = b.connect(session);
    newer.says(b.stimulus(Stimulus.PLAIN));
    newer.answer(Talk.PATIENCE_MS);
  }
}
