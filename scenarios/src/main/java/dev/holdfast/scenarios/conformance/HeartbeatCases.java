package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;

/** Section heartbeat: pings are answered, whatever else goes on. */
final class HeartbeatCases {
  static final List<Case> ALL =
      List.of(
          Case.of(
              "heartbeat/ping-is-answered",
              "Frames of type ping are not handled.",
              b -> b.connect().stillHears()),
          Case.of(
              "heartbeat/pong-while-busy",
              "The receive loop awaits the agent before it reads on; start the run beside it.",
              HeartbeatCases::whileBusy,
              Need.SLOW_ANSWER));

  private HeartbeatCases() {}

  private static void whileBusy(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.stimulus(Stimulus.SLOW));
    t.pings("busy-1");
    Event.Text first =
        t.expect(
            "a pong within 1 s of the ping",
            e -> e.type().equals("pong") || e.isAnswer() || e.type().equals("error"),
            1_000);
    if (!first.type().equals("pong")) {
      throw b.log().nowMs() < 1_000
          ? new Unclear("the slow answer came within " + b.log().nowMs() + " ms")
          : new Mismatch("a pong before the run ended", Talk.describe(first));
    }
    t.answer(2 * Talk.PATIENCE_MS);
  }
}
