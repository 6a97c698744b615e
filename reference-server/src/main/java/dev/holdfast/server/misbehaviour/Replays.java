package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;

/** Replays gone wrong. */
final class Replays {
  private Replays() {}

  static ServerStep dropped(ServerStep good) {
    return Twist.withoutFrames(good, frame -> frame.envelope().replay());
  }

  static ServerStep doubled(ServerStep good) {
    return Twist.frames(
        good, frame -> frame.envelope().replay() ? List.of(frame, frame) : List.of(frame));
  }

  static ServerStep reversed(ServerStep good) {
    return (state, input, now) -> {
      Step<SessionState, ServerOutput> step = good.step(state, input, now);
      List<ServerOutput> bent = new ArrayList<>();
      int firstReplayed = -1;
      for (ServerOutput output : step.outputs()) {
        if (output instanceof ServerOutput.Send s && s.frame().envelope().replay()) {
          firstReplayed = firstReplayed < 0 ? bent.size() : firstReplayed;
          bent.add(firstReplayed, output);
        } else {
          bent.add(output);
        }
      }
      return new Step<>(step.state(), bent);
    };
  }
}
