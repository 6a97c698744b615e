package dev.holdfast.protocol.spec;

import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientInput.Refused;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.Phase;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Every way from one phase of the client to another, found by trying every input in each. */
final class ClientStates {
  private static final long MINUTE = 60_000 * Tick.NANOS_PER_MS;
  private static final int ATTEMPTS = 12;

  private record Reached(ClientState state, long now) {}

  private ClientStates() {}

  static Diagram explored() {
    Diagram diagram = new Diagram();
    diagram.saw("[*]", "start", name(ClientState.fresh("s1", "tab1").phase()));
    for (boolean asks : new boolean[] {false, true}) {
      explore(new ClientMachine(ClientConfig.CORE.withTransport(asks, 30_000)), diagram);
    }
    return diagram;
  }

  private static void explore(ClientMachine machine, Diagram diagram) {
    Deque<Reached> open = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    open.add(new Reached(ClientState.fresh("s1", "tab1"), 0));
    while (!open.isEmpty()) {
      Reached at = open.poll();
      for (Map.Entry<String, ClientInput> input : inputs(at.state()).entrySet()) {
        long now = at.now() + (input.getValue() instanceof ClientInput.Woken ? 3 * MINUTE : 0);
        var next =
            machine.step(at.state(), input.getValue(), new Tick(now, Instant.EPOCH, 1)).state();
        boolean usedUp =
            next.phase() instanceof Phase.Idle && next.attempt() > at.state().attempt();
        String label = input.getKey() + (usedUp ? " (attempts used up)" : "");
        diagram.saw(name(at.state().phase()), label, name(next.phase()));
        if (next.attempt() < ATTEMPTS && seen.add(kind(next))) {
          open.add(new Reached(next, now));
        }
      }
    }
  }

  private static Map<String, ClientInput> inputs(ClientState state) {
    int c = state.connection();
    Map<String, ClientInput> inputs = new LinkedHashMap<>();
    inputs.put("connect", new ClientInput.Connect());
    inputs.put("retry", new ClientInput.Retry("tab2"));
    inputs.put("disconnect", new ClientInput.Disconnect());
    inputs.put("handshake done", new ClientInput.Opened(c, false));
    inputs.put("refused 403", new Refused(c, 403, 0));
    inputs.put("refused 503 or unreached", new Refused(c, 503, 0));
    inputs.put("greeted", new ClientInput.Received(c, new Decoded.Ok(greeting())));
    inputs.put("closed for good", new ClientInput.Closed(c, 1000, ""));
    inputs.put("closed", new ClientInput.Closed(c, 1006, ""));
    inputs.put("closed 4001", new ClientInput.Closed(c, 4001, ""));
    inputs.put("transport is websocket", new ClientInput.TransportSaid(true));
    inputs.put("transport is http", new ClientInput.TransportSaid(false));
    inputs.put("transport unknown", new ClientInput.TransportSaid(null));
    inputs.put("time is up", new ClientInput.Woken());
    return inputs;
  }

  private static Frame greeting() {
    return new Frame(Envelope.EMPTY, new Status.Connected("s1", 30_000, "", null));
  }

  /** What two states must have in common to be tried only once. */
  private static String kind(ClientState state) {
    boolean stops = state.phase() instanceof Phase.Asking asking && asking.stopAfter();
    return name(state.phase()) + state.attempt() + stops;
  }

  private static String name(Phase phase) {
    return phase.getClass().getSimpleName();
  }
}
