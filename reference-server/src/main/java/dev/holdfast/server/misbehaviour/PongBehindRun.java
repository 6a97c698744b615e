package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;

/** Handles one thing at a time: while a run is in progress a ping has to wait. */
final class PongBehindRun implements ServerStep {
  private final ServerStep good;
  private final List<ServerOutput> waiting = new ArrayList<>();

  PongBehindRun(ServerStep good) {
    this.good = good;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    Step<SessionState, ServerOutput> step = good.step(state, input, now);
    List<ServerOutput> bent = new ArrayList<>();
    boolean busy = !step.state().runs().isEmpty();
    for (ServerOutput output : step.outputs()) {
      boolean pong = output instanceof ServerOutput.Send s && s.frame().body() instanceof Body.Pong;
      (pong && busy ? waiting : bent).add(output);
    }
    if (!busy) {
      bent.addAll(waiting);
      waiting.clear();
    }
    return new Step<>(step.state(), bent);
  }
}
