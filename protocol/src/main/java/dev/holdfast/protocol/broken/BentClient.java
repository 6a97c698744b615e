package dev.holdfast.protocol.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Ways to bend a client: what it sends, hears, shows or remembers. */
final class BentClient {
  private static final Frame NOTHING = new Frame(Envelope.EMPTY, new Status.Other(""));

  private BentClient() {}

  /** Each frame is changed on its way out. */
  static UnaryOperator<ClientStep> sends(UnaryOperator<Frame> change) {
    return rearranges((input, outputs) ->
        outputs.stream()
            .map(o ->
                o instanceof ClientOutput.Send s
                    ? new ClientOutput.Send(s.connection(), change.apply(s.frame()))
                    : o)
            .toList());
  }

  /** Envelopes of the frames meant are changed on their way out. */
  static UnaryOperator<ClientStep> marks(Predicate<Frame> meant, UnaryOperator<Envelope> change) {
    return sends(f -> meant.test(f) ? f.with(change.apply(f.envelope())) : f);
  }

  static UnaryOperator<ClientStep> withholds(Predicate<Frame> meant) {
    return without((input, o) -> o instanceof ClientOutput.Send s && meant.test(s.frame()));
  }

  static UnaryOperator<ClientStep> without(BiPredicate<ClientInput, ClientOutput> meant) {
    return rearranges(
        (input, outputs) -> outputs.stream().filter(o -> !meant.test(input, o)).toList());
  }

  static UnaryOperator<ClientStep> rearranges(
      BiFunction<ClientInput, List<ClientOutput>, List<ClientOutput>> change) {
    return sound ->
        (state, input, now) -> {
          var step = sound.step(state, input, now);
          return new Step<>(step.state(), change.apply(input, step.outputs()));
        };
  }

  /** What is sent comes first, what the application sees last. */
  static List<ClientOutput> sentFirst(ClientInput input, List<ClientOutput> outputs) {
    List<ClientOutput> order =
        new ArrayList<>(outputs.stream().filter(ClientOutput.Send.class::isInstance).toList());
    outputs.stream().filter(o -> !(o instanceof ClientOutput.Send)).forEach(order::add);
    return order;
  }

  /** Each frame is changed before it is looked at. */
  static UnaryOperator<ClientStep> hears(BiFunction<ClientState, Frame, Frame> change) {
    return sound ->
        (state, input, now) -> {
          boolean frame =
              input instanceof ClientInput.Received r && r.decoded() instanceof Decoded.Ok;
          return sound.step(state, frame ? changed(state, input, change) : input, now);
        };
  }

  private static ClientInput changed(
      ClientState state, ClientInput input, BiFunction<ClientState, Frame, Frame> change) {
    var received = (ClientInput.Received) input;
    Frame frame = ((Decoded.Ok) received.decoded()).frame();
    return new ClientInput.Received(
        received.connection(), new Decoded.Ok(change.apply(state, frame)));
  }

  /** The frame that came with an input; one that says nothing when none did. */
  static Frame frame(ClientInput input) {
    return input instanceof ClientInput.Received r && r.decoded() instanceof Decoded.Ok ok
        ? ok.frame()
        : NOTHING;
  }

  /** Frames of a kind make it leave. */
  static UnaryOperator<ClientStep> leavesOn(BiPredicate<ClientState, Frame> meant) {
    return sound ->
        (state, input, now) -> {
          var step = sound.step(state, input, now);
          Frame frame = frame(input);
          if (frame.equals(NOTHING) || !meant.test(state, frame)) {
            return step;
          }
          List<ClientOutput> outputs = new ArrayList<>(step.outputs());
          outputs.add(new ClientOutput.Close(state.connection(), 4203, "no"));
          return new Step<>(step.state(), outputs);
        };
  }

  /** Inputs of a kind are as if they had never come. */
  static UnaryOperator<ClientStep> ignores(BiPredicate<ClientState, ClientInput> meant) {
    return sound ->
        (state, input, now) ->
            meant.test(state, input)
                ? sound.step(state, new ClientInput.Woken(), now)
                : sound.step(state, input, now);
  }

  /** Frames of a kind are as if they had never come. */
  static UnaryOperator<ClientStep> overhears(BiPredicate<ClientState, Frame> meant) {
    return ignores((state, input) ->
        input instanceof ClientInput.Received r
            && r.decoded() instanceof Decoded.Ok ok
            && meant.test(state, ok.frame()));
  }

  /** The state is changed after each step. */
  static UnaryOperator<ClientStep> remembers(
      BiFunction<Step<ClientState, ClientOutput>, ClientInput, ClientState> change) {
    return sound ->
        (state, input, now) -> {
          var step = sound.step(state, input, now);
          return new Step<>(change.apply(step, input), step.outputs());
        };
  }
}
