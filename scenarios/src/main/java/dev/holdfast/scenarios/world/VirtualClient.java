package dev.holdfast.scenarios.world;

import dev.holdfast.client.ClientListener;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.client.Outbox;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Frame;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A person's client in the simulated world: the real client core, the same history. */
final class VirtualClient {
  private final Agenda agenda;
  private final Clock clock;
  private final VirtualNetwork network;
  private final ClientStep step;
  private final String name;
  private final String session;
  private final ClientListener listener;
  private final Witness witness;
  private final @Nullable Coverage coverage;
  private final Map<Integer, VirtualLink> links = new TreeMap<>();
  private final Runnable alarm = this::ring;
  private ClientState state;
  private long wakeAt = Long.MAX_VALUE;
  private long ringsAt = Long.MAX_VALUE;
  private boolean resumes;
  private boolean unplugged;
  private boolean gone;
  private Runnable afterwards = () -> {};
  private int said;

  VirtualClient(
      Agenda agenda,
      Clock clock,
      VirtualNetwork network,
      ClientStep step,
      String name,
      String session,
      Witness witness,
      ClientListener listener,
      @Nullable Coverage coverage) {
    this.agenda = agenda;
    this.clock = clock;
    this.network = network;
    this.step = step;
    this.name = name;
    this.session = session;
    this.listener = listener;
    this.witness = witness;
    this.coverage = coverage;
    state = ClientState.fresh(session, agenda.name("tab-"));
  }

  String name() {
    return name;
  }

  /** Whose tab it is: what stands before the point in its name. */
  String user() {
    int point = name.indexOf('.');
    return point < 0 ? name : name.substring(0, point);
  }

  String session() {
    return session;
  }

  Clock clock() {
    return clock;
  }

  ClientState state() {
    return state;
  }

  /** The page puts something back that its browser kept. */
  void restore(ClientState kept) {
    state = kept;
  }

  /** The id of what is said next. */
  String nextId() {
    return name + "-" + ++said;
  }

  void say(String id, String content, @Nullable String as) {
    mark();
    witness.says(id, as, content);
    step(new ClientInput.Say(id, content));
  }

  void cancel(String run) {
    String id = nextId();
    mark();
    witness.cancels(id, run);
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
    witness.acted("offline");
    unplugged = true;
    for (VirtualLink link : List.copyOf(links.values())) {
      link.cut();
    }
  }

  void online() {
    mark();
    witness.acted("online");
    unplugged = false;
  }

  boolean unplugged() {
    return unplugged;
  }

  /** Whether its person closed the tab. */
  boolean gone() {
    return gone;
  }

  boolean shows(LinkState shown) {
    return state.reported() == shown;
  }

  /** Whether nothing that was said waits for anything any more. */
  boolean isDone() {
    return state.outbox().written().isEmpty() && state.outbox().waiting().isEmpty();
  }

  /** Whether a handshake that succeeds now is still wanted. */
  boolean wants(int connection) {
    return state.connection() == connection && !gone;
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
    Tick now = mark();
    witness.heard(number, text, frame, violation);
    if (!listener.equals(ClientListener.NONE)) {
      listener.onFrame(
          new ClientListener.Seen(
              ClientListener.Direction.IN, number, now.monotonicNanos(), text, frame));
    }
    step(new ClientInput.Received(number, decoded));
  }

  void closed(int number, int code, String reason) {
    links.remove(number);
    listener.onClosed(number, code);
    step(new ClientInput.Closed(number, code, reason));
  }

  private Tick mark() {
    Tick now = clock.tick();
    witness.at(now, state.sessionId(), state.connection());
    return now;
  }

  void step(ClientInput input) {
    Tick now = mark();
    witness.input(input);
    if (coverage != null) {
      coverage.client(state, input);
    }
    Step<ClientState, ClientOutput> next = step.step(state, input, now);
    state = next.state();
    witness.at(now, state.sessionId(), state.connection());
    for (ClientOutput output : next.outputs()) {
      carryOut(output);
    }
    afterwards.run();
  }

  /** What to do whenever something has happened to this client. */
  void afterwards(Runnable look) {
    afterwards = look;
  }

  private void carryOut(ClientOutput output) {
    witness.output(output);
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
      case ClientOutput.AskTransport a -> network.askTransport(this);
      case ClientOutput.Post p -> network.post(this, p);
    }
  }

  private void dial(ClientOutput.Open o) {
    String to = o.sessionId() == null ? agenda.name("s-") : o.sessionId();
    network.dial(this, o.connection(), to, o.offerResume());
  }

  private void send(ClientOutput.Send s) {
    VirtualLink link = links.get(s.connection());
    String text = Codec.encode(s.frame());
    witness.wrote(s.connection(), text, s.frame(), link != null);
    if (link != null) {
      link.toServer(text);
    }
  }

  private void close(ClientOutput.Close c) {
    VirtualLink link = links.remove(c.connection());
    if (link != null) {
      link.closedByClient(c.code(), c.reason());
    }
  }

  /** One alarm is set at a time; one that rings too early is set again. */
  private void wakeAt(long nanos) {
    wakeAt = nanos;
    if (nanos < ringsAt) {
      setAlarm(nanos);
    }
  }

  private void setAlarm(long nanos) {
    ringsAt = nanos;
    agenda.at(clock.worldNanos(nanos), alarm);
  }

  private void ring() {
    long now = clock.nanos();
    if (now < ringsAt) {
      return;
    }
    ringsAt = Long.MAX_VALUE;
    if (now >= wakeAt) {
      wakeAt = Long.MAX_VALUE;
      step(new ClientInput.Woken());
    } else if (wakeAt != Long.MAX_VALUE) {
      setAlarm(wakeAt);
    }
  }

  /** Leaves for good. */
  void leave() {
    mark();
    witness.acted("close");
    step(new ClientInput.Disconnect());
    gone = true;
    for (VirtualLink link : List.copyOf(links.values())) {
      link.closedByClient(CloseCode.NORMAL, "left");
    }
    links.clear();
  }
}
