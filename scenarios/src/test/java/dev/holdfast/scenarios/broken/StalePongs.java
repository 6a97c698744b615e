package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;

/** Keeps every pong and sends them to the next connection, ahead of its greeting. */
final class StalePongs implements ServerStep {
  private final ServerStep good;
  private final List<Frame> pongs = new ArrayList<>();

  StalePongs(ServerStep good) {
    this.good = good;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    Step<SessionState, ServerOutput> step = good.step(state, input, now);
    List<ServerOutput> bent = new ArrayList<>();
    for (ServerOutput output : step.outputs()) {
      if (AwayTable.isGreeting(output)) {
        String connection = ((ServerOutput.Send) output).connection();
        pongs.forEach(pong -> bent.add(new ServerOutput.Send(connection, pong)));
        pongs.clear();
      } else if (AwayTable.isPong(output)) {
        pongs.add(((ServerOutput.Send) output).frame());
      }
      bent.add(output);
    }
    return new Step<>(step.state(), bent);
  }
}
