package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps a session's first connection and goes on sending everything but greetings there. */
final class ServesTheOldest implements ServerStep {
  private final ServerStep good;
  private @Nullable String oldest;

  ServesTheOldest(ServerStep good) {
    this.good = good;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    if (input instanceof ServerInput.Opened opened && oldest == null) {
      oldest = opened.connection();
    } else if (input instanceof ServerInput.Closed c && c.connection().equals(oldest)) {
      oldest = null;
    }
    Step<SessionState, ServerOutput> step = good.step(state, input, now);
    List<ServerOutput> bent = new ArrayList<>();
    for (ServerOutput output : step.outputs()) {
      if (!(output instanceof ServerOutput.Close c) || c.code() != CloseCode.SUPERSEDED) {
        bent.add(redirected(output));
      }
    }
    return new Step<>(step.state(), bent);
  }

  private ServerOutput redirected(ServerOutput output) {
    return oldest != null
            && output instanceof ServerOutput.Send s
            && !(s.frame().body() instanceof Status.Connected)
        ? new ServerOutput.Send(oldest, s.frame())
        : output;
  }
}
