package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;

/** Never forgets what it replayed once: every later connection gets it again. */
final class ReplaysToEverybody implements ServerStep {
  private final ServerStep good;
  private final List<Frame> replayed = new ArrayList<>();

  ReplaysToEverybody(ServerStep good) {
    this.good = good;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    Step<SessionState, ServerOutput> step = good.step(state, input, now);
    List<ServerOutput> bent = new ArrayList<>();
    for (ServerOutput output : step.outputs()) {
      bent.add(output);
      if (output instanceof ServerOutput.Send s && s.frame().body() instanceof Status.Connected) {
        replayed.forEach(frame -> bent.add(new ServerOutput.Send(s.connection(), frame)));
      } else if (output instanceof ServerOutput.Send s && s.frame().envelope().replay()) {
        replayed.add(s.frame());
      }
    }
    return new Step<>(step.state(), bent);
  }
}
