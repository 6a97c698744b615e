package dev.holdfast.protocol.broken;

import static dev.holdfast.protocol.broken.BentClient.ignores;
import static dev.holdfast.protocol.broken.BentClient.rearranges;
import static dev.holdfast.protocol.broken.BentClient.remembers;
import static dev.holdfast.protocol.broken.BentClient.withholds;
import static dev.holdfast.protocol.broken.BentClient.without;
import static dev.holdfast.protocol.broken.Twin.client;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.client.Heartbeat;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.client.Outbox;
import dev.holdfast.protocol.client.Phase;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Message;
import java.util.ArrayList;
import java.util.List;
import org.pcollections.TreePVector;

/** Clients that keep a link, a queue or their word in a wrong way; most in both profiles. */
final class LinkTwins {
  private LinkTwins() {}

  static final List<Twin> ALL =
      List.of(
          client(
              "never-notices",
              "heartbeat/dead-link-is-left",
              "Trusts an open connection for ever.",
              sound ->
                  (state, input, now) ->
                      input instanceof ClientInput.Woken && state.phase() instanceof Phase.Open
                          ? new Step<>(state, List.of())
                          : sound.step(state, input, now)),
          client(
              "heartbeat-outlives-its-socket",
              "heartbeat/timers-belong-to-the-connection",
              "Holds a new connection to the old one's unanswered ping.",
              LinkTwins::oldHeartbeat),
          client(
              "never-pings",
              "heartbeat/client-pings",
              "Keeps its pings to itself.",
              withholds(f -> f.body() instanceof Body.Ping)),
          client(
              "failed-retry-clears-the-timer",
              "reconnect/failed-attempt-leads-to-the-next",
              "Sets no timer after an attempt that failed.",
              without((in, o) ->
                  in instanceof ClientInput.Refused && o instanceof ClientOutput.WakeAt)),
          client(
              "counts-every-attempt-as-the-first",
              "reconnect/delays-grow",
              "Begins to count anew with each loss.",
              sound -> (state, input, now) -> sound.step(attempt(state, input), input, now)),
          client(
              "hammers",
              "reconnect/delays-grow",
              "Says that it waits, and does not.",
              LinkTwins::hammers),
          client(
              "connects-after-goodbye",
              "reconnect/states-are-reported",
              "Goes on with its attempts after its person left.",
              ignores((s, in) ->
                  in instanceof ClientInput.Disconnect && s.phase() instanceof Phase.Waiting)),
          client(
              "connected-before-the-greeting",
              "reconnect/states-are-reported",
              "Shows connected when only the handshake is done.",
              rearranges((in, outputs) -> {
                var more = new ArrayList<>(outputs);
                if (in instanceof ClientInput.Opened) {
                  more.add(new ClientOutput.StateChanged(LinkState.CONNECTED, 0, 0, ""));
                }
                return more;
              })),
          client(
              "drops-the-oldest",
              "queue/nothing-queued-is-dropped",
              "Makes room for the newest by dropping the oldest, and tells nobody.",
              LinkTwins::dropsTheOldest),
          client(
              "silent-refusal",
              "queue/hundred-and-first-is-refused",
              "Tells nobody that a message was not taken.",
              without((in, o) -> o instanceof ClientOutput.Refuse)),
          client(
              "overtakes-its-queue",
              "queue/none-overtakes",
              "Lets the newest leave before what waited.",
              rearranges((in, outputs) -> newestFirst(outputs))),
          client(
              "reconnect-empties-the-queue",
              "queue/nothing-queued-is-dropped",
              "Forgets what waited when it is greeted.",
              sound ->
                  (state, input, now) ->
                      sound.step(
                          input instanceof ClientInput.Opened ? withoutWaiting(state) : state,
                          input,
                          now)),
          client(
              "refuses-early",
              "queue/hundred-wait-in-order",
              "Refuses while there is room.",
              rearranges((in, outputs) ->
                  in instanceof ClientInput.Say s && outputs.isEmpty()
                      ? List.of(new ClientOutput.Refuse(s.id(), "queue_full"))
                      : outputs)),
          client(
              "settles-as-answered",
              "conversation/agent-failure-is-told",
              "Takes a failed run for an answered one.",
              rearranges((in, outputs) ->
                  outputs.stream()
                      .map(o ->
                          o instanceof ClientOutput.Settled s
                                  && s.outcome() == ClientOutput.Outcome.FAILED
                              ? new ClientOutput.Settled(
                                  s.id(), ClientOutput.Outcome.ANSWERED, null)
                              : o)
                      .toList())));

  private static ClientStep oldHeartbeat(ClientStep sound) {
    var last = new ArrayList<Heartbeat>();
    return remembers(
            (step, in) -> {
              if (!(step.state().phase() instanceof Phase.Open open)) {
                return step.state();
              }
              Heartbeat before = last.isEmpty() ? open.heartbeat() : last.getLast();
              boolean greeted =
                  step.outputs().stream()
                      .anyMatch(o ->
                          o instanceof ClientOutput.StateChanged s
                              && s.state() == LinkState.CONNECTED);
              last.clear();
              last.add(open.heartbeat());
              return greeted ? phase(step.state(), Change.heartbeat(open, before)) : step.state();
            })
        .apply(sound);
  }

  private static ClientStep hammers(ClientStep sound) {
    return (state, input, now) -> {
      var step = sound.step(state, input, now);
      boolean waits =
          step.state().phase() instanceof Phase.Waiting
              && !(state.phase() instanceof Phase.Waiting);
      if (!waits) {
        return step;
      }
      long soon = now.in(1);
      var outputs = new ArrayList<>(step.outputs());
      outputs.removeIf(ClientOutput.WakeAt.class::isInstance);
      outputs.add(new ClientOutput.WakeAt(soon));
      return new Step<>(phase(step.state(), new Phase.Waiting(soon)), outputs);
    };
  }

  private static ClientStep dropsTheOldest(ClientStep sound) {
    return (state, input, now) -> {
      var step = sound.step(state, input, now);
      boolean full =
          step.outputs().stream()
              .anyMatch(o -> o instanceof ClientOutput.Refuse r && r.code().equals("queue_full"));
      return full ? sound.step(withoutOldest(state), input, now) : step;
    };
  }

  private static ClientState withoutOldest(ClientState s) {
    return s.outbox().waiting().isEmpty()
        ? s
        : s.with(new Outbox(s.outbox().written(), s.outbox().waiting().minus(0)), s.resuming());
  }

  private static ClientState withoutWaiting(ClientState s) {
    return s.with(new Outbox(s.outbox().written(), TreePVector.empty()), s.resuming());
  }

  private static List<ClientOutput> newestFirst(List<ClientOutput> outputs) {
    List<ClientOutput> messages =
        new ArrayList<>(outputs.stream().filter(LinkTwins::isMessage).toList());
    return outputs.stream().map(o -> isMessage(o) ? messages.removeLast() : o).toList();
  }

  private static boolean isMessage(ClientOutput output) {
    return output instanceof ClientOutput.Send s && s.frame().body() instanceof Message;
  }

  private static ClientState attempt(ClientState s, ClientInput input) {
    boolean lost = input instanceof ClientInput.Refused || input instanceof ClientInput.Closed;
    return lost ? s.withAttempt(0) : s;
  }

  private static ClientState phase(ClientState s, Phase phase) {
    return new ClientState(
        phase,
        s.reported(),
        s.sessionId(),
        s.connection(),
        s.attempt(),
        s.withoutResume(),
        s.outbox(),
        s.resuming(),
        s.endedRuns(),
        0);
  }
}
