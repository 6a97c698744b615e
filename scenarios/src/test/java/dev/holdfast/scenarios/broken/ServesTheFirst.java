package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;

/** Greets each connection of a session and says nothing more to any after the first. */
final class ServesTheFirst implements ServerStep {
  private final ServerStep good;
  private final List<String> connections = new ArrayList<>();

  ServesTheFirst(ServerStep good) {
    this.good = good;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    if (input instanceof ServerInput.Opened opened) {
      connections.add(opened.connection());
    }
    Step<SessionState, ServerOutput> step = good.step(state, input, now);
    return new Step<>(step.state(), step.outputs().stream().filter(this::isSaid).toList());
  }

  private boolean isSaid(ServerOutput output) {
    return !(output instanceof ServerOutput.Send s)
        || s.frame().body() instanceof Status.Connected
        || connections.indexOf(s.connection()) < 1;
  }
}
