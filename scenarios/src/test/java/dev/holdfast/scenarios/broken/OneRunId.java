package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;

/** Gives all runs the same run id: a client that shows the end of a run once shows only one end. */
public final class OneRunId implements ServerStep {
  private final ServerStep good;

  public OneRunId(ServerStep good) {
    this.good = good;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    Step<SessionState, ServerOutput> next = good.step(state, input, now);
    return new Step<>(next.state(), next.outputs().stream().map(OneRunId::bent).toList());
  }

  private static ServerOutput bent(ServerOutput output) {
    if (!(output instanceof ServerOutput.Send s) || s.frame().envelope().runId() == null) {
      return output;
    }
    Envelope envelope = s.frame().envelope().withRun("run-1");
    return new ServerOutput.Send(s.connection(), new Frame(envelope, s.frame().body()));
  }
}
