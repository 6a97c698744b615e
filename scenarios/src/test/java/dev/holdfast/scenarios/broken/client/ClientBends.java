package dev.holdfast.scenarios.broken.client;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.client.Outbox;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePVector;

/** Ways to bend a client's core: its settings, what happens to it, what it does, what it knows. */
public final class ClientBends {
  private ClientBends() {}

  public static Function<ClientConfig, ClientStep> backoff(UnaryOperator<Backoff> change) {
    return c -> new ClientMachine(c.withBackoff(change.apply(c.backoff())));
  }

  /** Limits and times: what is not to be changed is given as the configuration has it. */
  public static Function<ClientConfig, ClientStep> limits(Function<ClientConfig, Limits> change) {
    return c -> {
      Limits l = change.apply(c);
      return new ClientMachine(
          new ClientConfig(
              c.offers(),
              c.backoff(),
              c.heartbeatIntervalMs(),
              c.pongTimeoutMs(),
              c.heartbeatFixed() || l.fixed(),
              l.connectMs(),
              c.greetingTimeoutMs(),
              c.answerTimeoutMs(),
              l.queue(),
              l.unacked(),
              c.stableMs(),
              l.frameBytes(),
              l.asks(),
              c.recheckMs(),
              c.capabilities()));
    };
  }

  /** The limits that twins change. */
  public record Limits(
      boolean fixed, long connectMs, int queue, int unacked, long frameBytes, boolean asks) {
    public static Limits of(ClientConfig c) {
      return new Limits(
          false,
          c.connectTimeoutMs(),
          c.queueLimit(),
          c.unackedLimit(),
          c.maxFrameBytes(),
          c.asksTransport());
    }
  }

  public static Function<ClientConfig, ClientStep> bent(UnaryOperator<ClientStep> bend) {
    return c -> bend.apply(new ClientMachine(c));
  }

  /** Each input is changed before it is looked at. */
  public static Function<ClientConfig, ClientStep> takes(
      BiFunction<ClientState, ClientInput, ClientInput> change) {
    return bent(sound -> (s, in, now) -> sound.step(s, change.apply(s, in), now));
  }

  public static Function<ClientConfig, ClientStep> ignores(
      BiPredicate<ClientState, ClientInput> meant) {
    return takes((s, in) -> meant.test(s, in) ? new ClientInput.Woken() : in);
  }

  /** Each close code is changed before it is looked at. */
  public static Function<ClientConfig, ClientStep> closes(IntUnaryOperator change) {
    return takes((s, in) -> closed(in, change));
  }

  public static ClientInput closed(ClientInput in, IntUnaryOperator change) {
    return in instanceof ClientInput.Closed c
        ? new ClientInput.Closed(c.connection(), change.applyAsInt(c.code()), c.reason())
        : in;
  }

  /** Each refusal is changed before it is looked at. */
  public static Function<ClientConfig, ClientStep> refusals(
      UnaryOperator<ClientInput.Refused> change) {
    return takes((s, in) -> in instanceof ClientInput.Refused r ? change.apply(r) : in);
  }

  /** Outputs are changed, left out or added. */
  public static Function<ClientConfig, ClientStep> does(
      BiFunction<ClientInput, List<ClientOutput>, List<ClientOutput>> change) {
    return bent(sound ->
        (s, in, now) -> {
          Step<ClientState, ClientOutput> step = sound.step(s, in, now);
          return new Step<>(step.state(), change.apply(in, step.outputs()));
        });
  }

  /** Each output is changed. */
  public static Function<ClientConfig, ClientStep> changes(UnaryOperator<ClientOutput> change) {
    return does((in, outputs) -> outputs.stream().map(change).toList());
  }

  /** The state is changed before each step. */
  public static Function<ClientConfig, ClientStep> knows(
      BiFunction<ClientState, ClientInput, ClientState> change) {
    return bent(sound -> (s, in, now) -> sound.step(change.apply(s, in), in, now));
  }

  /** The state is changed after each step. */
  public static Function<ClientConfig, ClientStep> remembers(Remembering change) {
    return bent(sound ->
        (s, in, now) -> {
          Step<ClientState, ClientOutput> step = sound.step(s, in, now);
          return new Step<>(change.after(s, in, step.state()), step.outputs());
        });
  }

  /** What becomes of the state after a step. */
  public interface Remembering {
    ClientState after(ClientState before, ClientInput input, ClientState after);
  }

  public static ClientState attempt(ClientState s, int attempt) {
    return s.withAttempt(attempt);
  }

  public static ClientState outbox(ClientState s, Outbox outbox) {
    return s.with(outbox, s.resuming());
  }

  public static Outbox nothing() {
    return new Outbox(TreePVector.empty(), TreePVector.empty());
  }

  public static ClientState forgetsRuns(ClientState s) {
    return new ClientState(
        s.phase(),
        s.reported(),
        s.sessionId(),
        s.connection(),
        s.attempt(),
        s.withoutResume(),
        s.outbox(),
        s.resuming(),
        TreePVector.empty(),
        s.wakeAt());
  }

  /** The frame that came with an input, or null. */
  public static @Nullable Frame frame(ClientInput in) {
    return in instanceof ClientInput.Received r && r.decoded() instanceof Decoded.Ok ok
        ? ok.frame()
        : null;
  }

  /** Whether a frame of a kind came with an input. */
  public static boolean comes(ClientInput in, Predicate<Frame> meant) {
    Frame frame = frame(in);
    return frame != null && meant.test(frame);
  }

  /** Frames of a kind are as if they had never come. */
  public static Function<ClientConfig, ClientStep> overhears(
      BiPredicate<ClientState, Frame> meant) {
    return ignores((s, in) -> {
      Frame frame = frame(in);
      return frame != null && meant.test(s, frame);
    });
  }

  /** Frames of a kind are changed before they are looked at. */
  public static Function<ClientConfig, ClientStep> hears(
      BiFunction<ClientState, Frame, Frame> change) {
    return takes((s, in) -> {
      Frame frame = frame(in);
      return frame == null
          ? in
          : new ClientInput.Received(
              ((ClientInput.Received) in).connection(), new Decoded.Ok(change.apply(s, frame)));
    });
  }

  /** Frames are changed on their way out, or left out when the change gives null. */
  public static Function<ClientConfig, ClientStep> sends(Sending change) {
    return does((in, outputs) -> {
      List<ClientOutput> sent = new ArrayList<>();
      for (ClientOutput output : outputs) {
        if (!(output instanceof ClientOutput.Send s)) {
          sent.add(output);
          continue;
        }
        Frame frame = change.of(s.frame());
        if (frame != null) {
          sent.add(new ClientOutput.Send(s.connection(), frame));
        }
      }
      return sent;
    });
  }

  /** What becomes of a frame. */
  public interface Sending {
    @Nullable Frame of(Frame frame);
  }

  /** Something in it throws. */
  public static Function<ClientConfig, ClientStep> crashes(
      BiPredicate<ClientState, ClientInput> meant) {
    return takes((s, in) -> {
      if (meant.test(s, in)) {
        throw new IllegalStateException("a twin that breaks on " + in);
      }
      return in;
    });
  }
}
