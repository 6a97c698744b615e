package dev.holdfast.scenarios.world;

import dev.holdfast.client.ClientListener;
import dev.holdfast.client.Recorder;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.client.Outbox;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.journal.Journal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A person's client in the simulated world: the real client core, the same history. */
final class VirtualClient {
  private final Agenda agenda;
  private final VirtualNetwork network;
  private final ClientStep step;
  private final String name;
  private final ClientListener listener;
  private final Recorder recorder;
  private final Map<Integer, VirtualLink> links = new TreeMap<>();
  private ClientState state;
  private long wakeAt = Long.MAX_VALUE;
  private boolean resumes;
  private boolean unplugged;
  private Runnable afterwards = () -> {};
  private int said;

  VirtualClient(
      Agenda agenda,
      VirtualNetwork network,
      ClientStep step,
      String name,
      String session,
      Journal journal,
      ClientListener listener) {
    this.agenda = agenda;
    this.network = network;
    this.step = step;
    this.name = name;
    this.listener = listener;
    recorder = new Recorder(journal);
    state = ClientState.fresh(session, agenda.name("tab-"));
  }

  String name() {
    return name;
  }

  ClientState state() {
    return state;
  }

  /** The id of what is said next. */
  String nextId() {
    return name + "-" + ++said;
  }

  void say(String id, String content, @Nullable String as) {
    mark();
    recorder.says(id, as, content);
    step(new ClientInput.Say(id, content));
  }

  void cancel(String run) {
    String id = nextId();
    mark();
    recorder.cancels(id, run);
    step(new ClientInput.Cancel(id, run));
  }

  /** The run that a message started, as far as a frame told. */
  @Nullable String runOf(String messageId) {
    for (Outbox.Entry entry : state.outbox().written()) {
      if (entry.id().equals(messageId)) {
        return entry.runId();
      }
    }
    return null;
  }

  /** The network goes away without a word. */
  void offline() {
    mark();
    recorder.acted("offline");
    unplugged = true;
    for (VirtualLink link : List.copyOf(links.values())) {
      link.cut();
    }
  }

  void online() {
    mark();
    recorder.acted("online");
    unplugged = false;
  }

  boolean unplugged() {
    return unplugged;
  }

  /** Whether a handshake that succeeds now is still wanted. */
  boolean wants(int connection) {
    return state.connection() == connection;
  }

  void opened(VirtualLink link, int number, boolean subprotocol) {
    links.put(number, link);
    resumes = subprotocol;
    step(new ClientInput.Opened(number, subprotocol));
  }

  void received(int number, String text) {
    Profile profile = resumes ? Profile.RESUME : Profile.CORE;
    var reading = profile == Profile.RESUME ? Codec.Reading.STRICT : Codec.Reading.TOLERANT;
    Decoded decoded = Codec.decode(text, reading);
    Frame frame = decoded instanceof Decoded.Ok ok ? ok.frame() : null;
    String violation = decoded instanceof Decoded.Violation v ? v.code() : null;
    mark();
    recorder.frame(ClientListener.Direction.IN, number, text, frame, violation);
    listener.onFrame(
        new ClientListener.Seen(ClientListener.Direction.IN, number, agenda.now(), text, frame));
    step(new ClientInput.Received(number, decoded));
  }

  void closed(int number, int code, String reason) {
    links.remove(number);
    step(new ClientInput.Closed(number, code, reason));
  }

  private Tick mark() {
    Tick now = agenda.tick();
    recorder.at(now, state.sessionId(), state.connection());
    return now;
  }

  void step(ClientInput input) {
    Tick now = mark();
    recorder.input(input);
    Step<ClientState, ClientOutput> next = step.step(state, input, now);
    state = next.state();
    recorder.at(now, state.sessionId(), state.connection());
    next.outputs().forEach(this::carryOut);
    afterwards.run();
  }

  /** What to do whenever something has happened to this client. */
  void afterwards(Runnable look) {
    afterwards = look;
  }

  private void carryOut(ClientOutput output) {
    recorder.output(output);
    switch (output) {
      case ClientOutput.Open o -> dial(o);
      case ClientOutput.Send s -> send(s);
      case ClientOutput.Close c -> close(c);
      case ClientOutput.WakeAt w -> wakeAt(w.nanos());
      case ClientOutput.StateChanged s ->
          listener.onState(s.state(), s.attempt(), s.delayMs(), s.reason());
      case ClientOutput.Deliver d -> listener.onDeliver(d.frame());
      case ClientOutput.Refuse r -> listener.onRefused(r.id(), r.code());
      case ClientOutput.Settled s -> listener.onSettled(s.id(), s.outcome(), s.code());
      case ClientOutput.Latency l -> listener.onLatency(l.nanos());
      case ClientOutput.AskTransport a ->
          agenda.in(1, () -> step(new ClientInput.TransportSaid(null)));
      case ClientOutput.Post p ->
          agenda.in(
              1, () -> step(new ClientInput.Posted(p.id(), new ClientInput.PostResult.Failed(0))));
    }
  }

  private void dial(ClientOutput.Open o) {
    String session = o.sessionId() == null ? agenda.name("s-") : o.sessionId();
    network.dial(this, o.connection(), session, o.offerResume());
  }

  private void send(ClientOutput.Send s) {
    VirtualLink link = links.get(s.connection());
    String text = Codec.encode(s.frame());
    if (link == null) {
      recorder.unsent(s.connection(), text, s.frame());
      return;
    }
    recorder.frame(ClientListener.Direction.OUT, s.connection(), text, s.frame(), null);
    link.toServer(s.frame());
  }

  private void close(ClientOutput.Close c) {
    VirtualLink link = links.remove(c.connection());
    if (link != null) {
      link.closedByClient(c.code(), c.reason());
    }
  }

  private void wakeAt(long nanos) {
    wakeAt = nanos;
    agenda.at(
        nanos,
        () -> {
          if (wakeAt == nanos) {
            step(new ClientInput.Woken());
          }
        });
  }

  /** Leaves for good. */
  void leave() {
    step(new ClientInput.Disconnect());
    for (VirtualLink link : List.copyOf(links.values())) {
      link.closedByClient(CloseCode.NORMAL, "left");
    }
  }
}
