package dev.holdfast.protocol.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Ways to bend a server: what it sends, hears, does or remembers. */
final class BentServer {
  private static final Frame NOTHING = new Frame(Envelope.EMPTY, new Status.Other(""));

  private BentServer() {}

  /** Each frame is changed on its way out. */
  static UnaryOperator<ServerStep> sends(UnaryOperator<Frame> change) {
    return outputs(o ->
        o instanceof ServerOutput.Send s
            ? List.of(new ServerOutput.Send(s.connection(), change.apply(s.frame())))
            : List.of(o));
  }

  /** Bodies of one kind are changed on their way out. */
  static <B extends Body> UnaryOperator<ServerStep> says(Class<B> kind, Function<B, Body> change) {
    return sends(f ->
        kind.isInstance(f.body()) ? new Frame(f.envelope(), change.apply(kind.cast(f.body()))) : f);
  }

  /** Envelopes of the frames meant are changed on their way out. */
  static UnaryOperator<ServerStep> marks(
      Predicate<Frame> meant, BiFunction<Frame, Envelope, Envelope> change) {
    return sends(f -> meant.test(f) ? f.with(change.apply(f, f.envelope())) : f);
  }

  /** Frames of a kind never leave. */
  static UnaryOperator<ServerStep> withholds(Predicate<Frame> meant) {
    return without(o -> o instanceof ServerOutput.Send s && meant.test(s.frame()));
  }

  static UnaryOperator<ServerStep> without(Predicate<ServerOutput> meant) {
    return outputs(o -> meant.test(o) ? List.of() : List.of(o));
  }

  static UnaryOperator<ServerStep> outputs(Function<ServerOutput, List<ServerOutput>> change) {
    return rearranges(outputs -> outputs.stream().flatMap(o -> change.apply(o).stream()).toList());
  }

  static UnaryOperator<ServerStep> rearranges(UnaryOperator<List<ServerOutput>> change) {
    return sound ->
        (state, input, now) -> {
          var step = sound.step(state, input, now);
          return new Step<>(step.state(), change.apply(step.outputs()));
        };
  }

  /** What is sent comes first, what is recorded last. */
  static List<ServerOutput> sentFirst(List<ServerOutput> outputs) {
    List<ServerOutput> order =
        new ArrayList<>(outputs.stream().filter(ServerOutput.Send.class::isInstance).toList());
    outputs.stream().filter(o -> !(o instanceof ServerOutput.Send)).forEach(order::add);
    return order;
  }

  /** Another code than it should be; 0 keeps the connection open as far as the peer can see. */
  static UnaryOperator<ServerStep> closes(int code, int with) {
    return outputs(o -> {
      if (!(o instanceof ServerOutput.Close c) || c.code() != code) {
        return List.of(o);
      }
      return with == 0
          ? List.of()
          : List.of(new ServerOutput.Close(c.connection(), with, c.reason()));
    });
  }

  /** Each frame is changed before it is looked at. */
  static UnaryOperator<ServerStep> hears(BiFunction<SessionState, Frame, Frame> change) {
    return inputs((state, input) ->
        input instanceof ServerInput.Received r && r.decoded() instanceof Decoded.Ok ok
            ? new ServerInput.Received(
                r.connection(), new Decoded.Ok(change.apply(state, ok.frame())))
            : input);
  }

  static UnaryOperator<ServerStep> inputs(
      BiFunction<SessionState, ServerInput, ServerInput> change) {
    return sound -> (state, input, now) -> sound.step(state, change.apply(state, input), now);
  }

  /** The frame that came with an input; one that says nothing when none did. */
  static Frame frame(ServerInput input) {
    return input instanceof ServerInput.Received r && r.decoded() instanceof Decoded.Ok ok
        ? ok.frame()
        : NOTHING;
  }

  static String connection(ServerInput input) {
    return ((ServerInput.Received) input).connection();
  }

  /** Frames of a kind make it close the connection. */
  static UnaryOperator<ServerStep> closesOn(BiPredicate<SessionState, Frame> meant) {
    return sound ->
        (state, input, now) -> {
          var step = sound.step(state, input, now);
          Frame frame = frame(input);
          if (frame.equals(NOTHING) || !meant.test(state, frame)) {
            return step;
          }
          List<ServerOutput> outputs = new ArrayList<>(step.outputs());
          outputs.add(new ServerOutput.Close(connection(input), 4203, "no"));
          return new Step<>(step.state(), outputs);
        };
  }

  /** Frames of a kind are as if they had never come. */
  static UnaryOperator<ServerStep> overhears(BiPredicate<SessionState, Frame> meant) {
    return ignores((state, input) ->
        input instanceof ServerInput.Received r
            && r.decoded() instanceof Decoded.Ok ok
            && meant.test(state, ok.frame()));
  }

  static UnaryOperator<ServerStep> ignores(BiPredicate<SessionState, ServerInput> meant) {
    return sound ->
        (state, input, now) ->
            meant.test(state, input)
                ? sound.step(state, new ServerInput.Woken(), now)
                : sound.step(state, input, now);
  }

  /** The state is changed before each step. */
  static UnaryOperator<ServerStep> knows(
      BiFunction<SessionState, ServerInput, SessionState> change) {
    return sound -> (state, input, now) -> sound.step(change.apply(state, input), input, now);
  }

  /** The state is changed after each step. */
  static UnaryOperator<ServerStep> remembers(
      BiFunction<Step<SessionState, ServerOutput>, ServerInput, SessionState> change) {
    return sound ->
        (state, input, now) -> {
          var step = sound.step(state, input, now);
          return new Step<>(change.apply(step, input), step.outputs());
        };
  }
}
