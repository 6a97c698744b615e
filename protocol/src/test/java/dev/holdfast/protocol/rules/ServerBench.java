package dev.holdfast.protocol.rules;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.HttpReply;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One session of a server under test, with connections, an agent and a clock moved by hand. */
public final class ServerBench {
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MOST_WAKES = 100_000;

  private final ServerStep step;
  private final SplittableRandom chance = new SplittableRandom(1);
  private final Map<String, Wire> wires = new LinkedHashMap<>();
  private long nowNanos;
  private long wakeAt = Long.MAX_VALUE;

  public SessionState session = SessionState.fresh("s1", "e1");
  public final List<ServerOutput> done = new ArrayList<>();
  public final List<ServerOutput> lastStep = new ArrayList<>();
  public final List<ServerOutput.StartRun> started = new ArrayList<>();
  public final Map<String, HttpReply> replies = new LinkedHashMap<>();

  public ServerBench(ServerStep step) {
    this.step = step;
  }

  /** Another session of the same server. */
  public ServerBench anew() {
    return new ServerBench(step);
  }

  /** A connection that offers the subprotocol. */
  public Wire open() {
    return open(Profile.RESUME);
  }

  public Wire openCore() {
    return open(Profile.CORE);
  }

  private Wire open(Profile profile) {
    return open(profile, "ana");
  }

  /** A connection of another person, who offers the subprotocol. */
  public Wire openAs(String user) {
    return open(Profile.RESUME, user);
  }

  private Wire open(Profile profile, String user) {
    Wire wire = new Wire(this, "c" + (wires.size() + 1), profile);
    wires.put(wire.id, wire);
    tell(new ServerInput.Opened(wire.id, profile, user, "0123456789abcdef0123-" + wire.id));
    return wire;
  }

  /** A connection whose first hello was found good. */
  public Wire joined() {
    return open().hello("tab1", 1, null, null, 0);
  }

  /** Starts the session over with nothing known, as after a crash without a store. */
  public void crashed(String epoch) {
    session = SessionState.fresh("s1", epoch);
    wakeAt = Long.MAX_VALUE;
    wires.values().forEach(w -> w.closed = w.closed == null ? 1006 : w.closed);
  }

  /** The agent answers the message that was started last. */
  public void answers(String content) {
    agent(new AgentEvent.Answer(content, List.of()));
  }

  /** The agent says something of the run that was started last. */
  public void agent(AgentEvent event) {
    tell(new ServerInput.AgentSaid(started.getLast().runId(), event));
  }

  public void post(String request, @Nullable String token, String id, String content) {
    tell(new ServerInput.Posted(request, token, "ana", id, content, List.of()));
  }

  public void push(String request, @Nullable String id, @Nullable String content) {
    tell(new ServerInput.Pushed(request, id, content));
  }

  public void tell(ServerInput input) {
    var made =
        step.step(session, input, new Tick(nowNanos, EPOCH.plusNanos(nowNanos), chance.nextLong()));
    session = made.state();
    lastStep.clear();
    lastStep.addAll(made.outputs());
    made.outputs().forEach(this::carryOut);
  }

  private void carryOut(ServerOutput output) {
    done.add(output);
    switch (output) {
      case ServerOutput.Send s -> wire(s.connection()).arrived(Codec.encode(s.frame()));
      case ServerOutput.Close c -> wire(c.connection()).closed = c.code();
      case ServerOutput.StartRun r -> started.add(r);
      case ServerOutput.Reply r -> replies.put(r.request(), r.reply());
      case ServerOutput.WakeAt w -> wakeAt = w.nanos();
      default -> {}
    }
  }

  private Wire wire(String id) {
    return Objects.requireNonNull(wires.get(id), "an unknown connection");
  }

  /** The HTTP status of the answer to a POST; 0 while there is none. */
  public int status(String request) {
    HttpReply reply = replies.get(request);
    return reply == null ? 0 : reply.status();
  }

  /** Lets time pass, wake by wake. */
  public void pass(long ms) {
    long end = nowNanos + ms * Tick.NANOS_PER_MS;
    for (int wakes = 0; wakeAt <= end; wakes++) {
      if (wakes > MOST_WAKES) {
        throw new AssertionError("it asks to be woken without end");
      }
      nowNanos = Math.max(nowNanos, wakeAt);
      wakeAt = Long.MAX_VALUE;
      tell(new ServerInput.Woken());
    }
    nowNanos = end;
  }

  /** Every text that the server sent, with its profile. */
  public List<Wire> wires() {
    return List.copyOf(wires.values());
  }

  static Frame read(String text) {
    var decoded = Codec.decode(text, Codec.Reading.STRICT);
    if (decoded instanceof Decoded.Ok ok) {
      return ok.frame();
    }
    throw new AssertionError("this is no frame: " + text + " " + decoded);
  }
}
