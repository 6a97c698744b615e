package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Overlooks the messages of every connection that it replayed to. */
final class DeafAfterReplay implements ServerStep {
  private final ServerStep good;
  private final Set<String> replayedTo = new HashSet<>();

  DeafAfterReplay(ServerStep good) {
    this.good = good;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    boolean overlooked =
        input instanceof ServerInput.Received r
            && replayedTo.contains(r.connection())
            && r.decoded() instanceof Decoded.Ok ok
            && ok.frame().body() instanceof Message;
    if (overlooked) {
      return new Step<>(state, List.of());
    }
    Step<SessionState, ServerOutput> step = good.step(state, input, now);
    for (ServerOutput output : step.outputs()) {
      if (output instanceof ServerOutput.Send s && s.frame().body() instanceof Status.CaughtUp) {
        replayedTo.add(s.connection());
      }
    }
    return step;
  }
}
