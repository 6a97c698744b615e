package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A reader that died of a bad frame while its connection stays open. */
final class DeafAfterBadFrame implements ServerStep {
  private final ServerStep good;
  private final Set<String> deaf = new HashSet<>();

  DeafAfterBadFrame(ServerStep good) {
    this.good = good;
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    if (input instanceof ServerInput.Received received) {
      if (received.decoded() instanceof Decoded.Violation) {
        deaf.add(received.connection());
      }
      if (deaf.contains(received.connection())) {
        return new Step<>(state, List.of());
      }
    }
    return good.step(state, input, now);
  }
}
