package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.client.Outbox;
import dev.holdfast.protocol.client.Phase;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Client cores that are wrong in one way, to be played in the simulated world. */
public final class BrokenClients {
  private BrokenClients() {}

  /** Makes room for the newest by dropping the oldest that waits, and tells nobody. */
  public static ClientStep dropsTheOldest(ClientConfig config) {
    ClientStep good = new ClientMachine(config);
    return (state, input, now) -> {
      boolean full = state.outbox().waiting().size() >= config.queueLimit();
      return good.step(
          full && input instanceof ClientInput.Say ? lighter(state) : state, input, now);
    };
  }

  private static ClientState lighter(ClientState s) {
    Outbox outbox = new Outbox(s.outbox().written(), s.outbox().waiting().minus(0));
    return s.with(outbox, s.resuming());
  }

  /** Sends what waited newest first. */
  public static ClientStep sendsNewestFirst(ClientConfig config) {
    ClientStep good = new ClientMachine(config);
    return (state, input, now) -> {
      Step<ClientState, ClientOutput> step = good.step(state, input, now);
      List<ClientOutput> messages =
          new ArrayList<>(step.outputs().stream().filter(BrokenClients::isMessage).toList());
      Collections.reverse(messages);
      List<ClientOutput> bent = new ArrayList<>();
      for (ClientOutput output : step.outputs()) {
        bent.add(isMessage(output) ? messages.remove(0) : output);
      }
      return new Step<>(step.state(), bent);
    };
  }

  private static boolean isMessage(ClientOutput output) {
    return output instanceof ClientOutput.Send s && s.frame().body() instanceof Message;
  }

  /** In profile core, writes once more on each connection what was written before. */
  public static ClientStep writesAgain(ClientConfig config) {
    ClientStep good = new ClientMachine(config);
    return (state, input, now) -> {
      Step<ClientState, ClientOutput> step = good.step(state, input, now);
      if (!greeted(input)) {
        return step;
      }
      List<ClientOutput> bent = new ArrayList<>(step.outputs());
      for (Outbox.Entry entry : state.outbox().written()) {
        Frame again = new Frame(Envelope.EMPTY.withId(entry.id()), entry.body());
        bent.add(new ClientOutput.Send(state.connection(), again));
      }
      return new Step<>(step.state(), bent);
    };
  }

  private static boolean greeted(ClientInput input) {
    return input instanceof ClientInput.Received r
        && r.decoded() instanceof Decoded.Ok ok
        && ok.frame().body() instanceof Status.Connected;
  }

  /** Tries again at once, for ever, and says so. */
  public static ClientStep hammers(ClientConfig config) {
    return new ClientMachine(config.withBackoff(new Backoff(1, 1, 0, 1_000_000)));
  }

  /** Tries again at once and claims to wait. */
  public static ClientStep hammersInSecret(ClientConfig config) {
    ClientStep hasty = hammers(config);
    return (state, input, now) -> {
      Step<ClientState, ClientOutput> step = hasty.step(state, input, now);
      return new Step<>(
          step.state(), step.outputs().stream().map(o -> claimed(o, config.backoff())).toList());
    };
  }

  private static ClientOutput claimed(ClientOutput output, Backoff backoff) {
    return output instanceof ClientOutput.StateChanged s && s.state() == LinkState.RECONNECTING
        ? new ClientOutput.StateChanged(
            s.state(), s.attempt(), backoff.leastMs(s.attempt()), s.reason())
        : output;
  }

  /** Gives up after the first failed attempt. */
  public static ClientStep givesUpAtOnce(ClientConfig config) {
    Backoff b = config.backoff();
    return new ClientMachine(
        config.withBackoff(new Backoff(b.baseMs(), b.capMs(), b.jitterMs(), 1)));
  }

  /** Trusts an open connection for ever: no pings, and no notice of silence. */
  public static ClientStep neverNotices(ClientConfig config) {
    ClientStep good = new ClientMachine(config);
    return (state, input, now) ->
        input instanceof ClientInput.Woken && state.phase() instanceof Phase.Open
            ? new Step<>(state, List.of())
            : good.step(state, input, now);
  }
}
