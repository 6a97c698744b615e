package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The ways to bend a good machine: what goes in, what it holds, what comes out. */
final class Twist {
  private Twist() {}

  /** Each output becomes none, one or several. */
  static ServerStep outputs(ServerStep good, Function<ServerOutput, List<ServerOutput>> bend) {
    return (state, input, now) -> {
      Step<SessionState, ServerOutput> step = good.step(state, input, now);
      List<ServerOutput> bent = new ArrayList<>();
      step.outputs().forEach(output -> bent.addAll(bend.apply(output)));
      return new Step<>(step.state(), bent);
    };
  }

  /** Each frame that is sent becomes none, one or several. */
  static ServerStep frames(ServerStep good, Function<Frame, List<Frame>> bend) {
    return outputs(
        good,
        output ->
            output instanceof ServerOutput.Send s
                ? bend.apply(s.frame()).stream()
                    .<ServerOutput>map(f -> new ServerOutput.Send(s.connection(), f))
                    .toList()
                : List.of(output));
  }

  static ServerStep withoutFrames(ServerStep good, Predicate<Frame> lost) {
    return frames(good, frame -> lost.test(frame) ? List.of() : List.of(frame));
  }

  static ServerStep withoutBodies(ServerStep good, Predicate<Body> lost) {
    return withoutFrames(good, frame -> lost.test(frame.body()));
  }

  static ServerStep eachFrame(ServerStep good, UnaryOperator<Frame> bend) {
    return frames(good, frame -> List.of(bend.apply(frame)));
  }

  /** What goes in is replaced; null means that it never arrives. */
  static ServerStep inputs(
      ServerStep good, BiFunction<SessionState, ServerInput, @Nullable ServerInput> bend) {
    return (state, input, now) -> {
      ServerInput bent = bend.apply(state, input);
      return bent == null ? new Step<>(state, List.of()) : good.step(state, bent, now);
    };
  }
}
