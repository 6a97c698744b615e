package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;

/** Section queue: what a server keeps for a client that is away. */
final class QueueCases {
  private static final long AFTERMATH_MS = 300;

  static final List<Case> ALL =
      List.of(
          Case.of(
              "queue/retained-while-away",
              "Frames made while nobody is connected are dropped, or the run dies with the socket.",
              QueueCases::retained,
              Need.SLOW_ANSWER),
          Case.of(
              "queue/replayed-once",
              "The retained frames are sent to every new connection again.",
              QueueCases::once,
              Need.SLOW_ANSWER));

  private QueueCases() {}

  private static Talk backDuringARun(Bench b, String session) throws Finds, InterruptedException {
    Talk before = b.connect(session);
    before.says(b.stimulus(Stimulus.SLOW));
    before.expect("the first frame of the run", e -> true, Talk.PATIENCE_MS);
    before.cut();
    awaitEndOfRun(b);
    return b.connect(session);
  }

  /** The slow stimulus takes one to a few seconds; its end is not visible from outside. */
  private static void awaitEndOfRun(Bench b) throws InterruptedException {
    b.pause(2_500);
  }

  private static void retained(Bench b) throws Finds, InterruptedException {
    backDuringARun(b, b.session()).answer(2 * Talk.PATIENCE_MS);
  }

  private static void once(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    Talk back = backDuringARun(b, session);
    back.answer(2 * Talk.PATIENCE_MS);
    back.quiet("second copy of the answer", Event.Text::isAnswer, AFTERMATH_MS);
    back.stillHears();
    back.peer().close();
    b.connect(session).quiet("second replay", Event.Text::isAnswer, AFTERMATH_MS);
  }
}
