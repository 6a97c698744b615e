package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.codec.Decoded;
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

/** The ways to bend a session's machine: what it is told, and what it says. */
final class Bend {
  private Bend() {}

  /** Each output becomes none, one or several. */
  static UnaryOperator<ServerStep> outputs(Function<ServerOutput, List<ServerOutput>> bend) {
    return good ->
        (state, input, now) -> {
          Step<SessionState, ServerOutput> step = good.step(state, input, now);
          List<ServerOutput> bent = new ArrayList<>();
          step.outputs().forEach(output -> bent.addAll(bend.apply(output)));
          return new Step<>(step.state(), bent);
        };
  }

  /** Each frame sent becomes none, one or several. */
  static UnaryOperator<ServerStep> frames(Function<Frame, List<Frame>> bend) {
    return outputs(output -> {
      if (!(output instanceof ServerOutput.Send s)) {
        return List.of(output);
      }
      List<ServerOutput> bent = new ArrayList<>();
      bend.apply(s.frame()).forEach(f -> bent.add(new ServerOutput.Send(s.connection(), f)));
      return bent;
    });
  }

  static UnaryOperator<ServerStep> withholds(Predicate<Frame> unsaid) {
    return frames(frame -> unsaid.test(frame) ? List.of() : List.of(frame));
  }

  /** What the machine is told is replaced; null means that it never hears of it. */
  static UnaryOperator<ServerStep> inputs(
      BiFunction<SessionState, ServerInput, @Nullable ServerInput> bend) {
    return good ->
        (state, input, now) -> {
          ServerInput bent = bend.apply(state, input);
          return bent == null ? new Step<>(state, List.of()) : good.step(state, bent, now);
        };
  }

  /** Frames received are replaced; null means that they never arrived. */
  static UnaryOperator<ServerStep> hears(Function<Frame, @Nullable Frame> bend) {
    return inputs((state, input) -> {
      if (!(input instanceof ServerInput.Received r) || !(r.decoded() instanceof Decoded.Ok ok)) {
        return input;
      }
      Frame bent = bend.apply(ok.frame());
      return bent == null ? null : new ServerInput.Received(r.connection(), new Decoded.Ok(bent));
    });
  }

  static Frame with(Frame frame, Body body) {
    return new Frame(frame.envelope(), body);
  }
}
