package dev.holdfast.protocol;

import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientInput.PostResult;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.HttpReply;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.protocol.server.SessionState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Both halves joined in memory: one client, one session, two pipes of text, a scripted agent and a
 * clock that stands still until told otherwise. Every frame goes through the codec.
 */
public final class Pair {
  /** Where a frame was going when somebody looked. */
  public enum Way {
    TO_SERVER,
    TO_CLIENT
  }

  /** A frame that arrived. */
  public record Seen(Way way, Frame frame, String text) {}

  private record Packet(int connection, String text) {}

  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private final ClientStep clientStep;
  private final ServerStep serverStep;
  private final SplittableRandom chance;
  private final Deque<Packet> toServer = new ArrayDeque<>();
  private final Deque<Packet> toClient = new ArrayDeque<>();
  private final Deque<Runnable> news = new ArrayDeque<>();
  private final Map<String, Deque<AgentEvent>> agentWork = new HashMap<>();
  private long nowNanos;
  private long agentDelayMs = 10;
  private long agentDueAt = Long.MAX_VALUE;
  private long clientWakeAt = Long.MAX_VALUE;
  private long serverWakeAt = Long.MAX_VALUE;
  private int openOnClient;
  private int openOnServer;
  private final Map<String, String> posted = new HashMap<>();
  private int deliveries;
  private Set<Integer> cutsAfter = Set.of();

  public ClientState client;
  public SessionState session;
  public boolean reachable = true;
  public boolean serverNoticesCuts = true;

  /** Whether the handshake is let in, as the kill switch decides. */
  public boolean websocketOn = true;

  /** Whether {@code /api/transport} and {@code POST /api/chat} get through. */
  public boolean httpReachable = true;

  private boolean halfOpen;
  public Consumer<Seen> watcher = seen -> {};
  public final List<Seen> seen = new ArrayList<>();
  public final List<ClientOutput> told = new ArrayList<>();
  public final List<ServerOutput> done = new ArrayList<>();
  public final Map<String, Frame> terminals = new HashMap<>();
  public final Map<String, HttpReply> replies = new HashMap<>();
  public Function<ServerOutput.StartRun, List<AgentEvent>> agent =
      run -> List.of(new AgentEvent.Answer("Answer to " + run.content(), List.of()));

  public Pair(ClientConfig clientConfig, ServerConfig serverConfig) {
    this(new ClientMachine(clientConfig), new SessionMachine(serverConfig), 1);
  }

  public Pair(ClientStep clientStep, ServerStep serverStep, long seed) {
    this.clientStep = clientStep;
    this.serverStep = serverStep;
    chance = new SplittableRandom(seed);
    client = ClientState.fresh("s1", "tab1");
    session = SessionState.fresh("s1", "e1");
  }

  public Pair agentDelayMs(long ms) {
    agentDelayMs = ms;
    return this;
  }

  /** Cuts the connection right after the given numbers of frames arrived, both ways counted. */
  public void cutAfter(Integer... frames) {
    cutsAfter = Set.of(frames);
  }

  public int deliveries() {
    return deliveries;
  }

  public long nowMs() {
    return nowNanos / Tick.NANOS_PER_MS;
  }

  public void tell(ClientInput input) {
    var step = clientStep.step(client, input, tick());
    client = step.state();
    for (ClientOutput output : step.outputs()) {
      carryOut(output);
    }
  }

  public void tell(ServerInput input) {
    var step = serverStep.step(session, input, tick());
    session = step.state();
    for (ServerOutput output : step.outputs()) {
      carryOut(output);
    }
  }

  /** Connects and runs until nothing moves without time. */
  public Pair connected() {
    tell(new ClientInput.Connect());
    settle();
    return this;
  }

  public void say(String id, String content) {
    tell(new ClientInput.Say(id, content));
  }

  /** A text straight from the client's socket, past its core. */
  public void inject(String text) {
    tell(new ServerInput.Received("c" + openOnServer, Codec.decode(text, Codec.Reading.STRICT)));
  }

  /** Everything in flight is lost; both sides see an unclean end, the server perhaps later. */
  public void cut() {
    cut(List.of());
  }

  /**
   * The same, where the client's socket says what it did not write.
   *
   * @param unwritten ids of messages
   */
  public void cut(List<String> unwritten) {
    int connection = openOnClient;
    toServer.clear();
    toClient.clear();
    openOnClient = 0;
    if (connection == 0) {
      return;
    }
    if (serverNoticesCuts) {
      openOnServer = 0;
      tell(new ServerInput.Closed("c" + connection, CloseCode.ABNORMAL, "cut"));
    }
    tell(new ClientInput.Closed(connection, CloseCode.ABNORMAL, "cut", unwritten));
  }

  /** While half-open, nothing arrives and nobody is told. */
  public void halfOpen(boolean silent) {
    halfOpen = silent;
  }

  /** Moves what can move without time passing. */
  public void settle() {
    for (int guard = 0; guard < 1_000_000; guard++) {
      if (!news.isEmpty()) {
        news.poll().run();
      } else if (!toServer.isEmpty()) {
        deliver(Way.TO_SERVER, toServer.poll());
      } else if (!toClient.isEmpty()) {
        deliver(Way.TO_CLIENT, toClient.poll());
      } else {
        return;
      }
    }
    throw new AssertionError("the two sides never come to rest");
  }

  /** Lets time pass, event by event. */
  public void pass(long ms) {
    long end = nowNanos + ms * Tick.NANOS_PER_MS;
    settle();
    while (true) {
      long next = Math.min(agentDueAt, Math.min(clientWakeAt, serverWakeAt));
      if (next > end) {
        nowNanos = end;
        return;
      }
      nowNanos = Math.max(nowNanos, next);
      fire();
      settle();
    }
  }

  private void fire() {
    if (agentDueAt <= nowNanos) {
      agentSpeaks();
    } else if (clientWakeAt <= nowNanos) {
      clientWakeAt = Long.MAX_VALUE;
      tell(new ClientInput.Woken());
    } else if (serverWakeAt <= nowNanos) {
      serverWakeAt = Long.MAX_VALUE;
      tell(new ServerInput.Woken());
    }
  }

  private void agentSpeaks() {
    agentDueAt = Long.MAX_VALUE;
    var work = agentWork.entrySet().stream().filter(e -> !e.getValue().isEmpty()).findFirst();
    if (work.isPresent()) {
      AgentEvent event = work.get().getValue().poll();
      agentDueAt = nowNanos + agentDelayMs * Tick.NANOS_PER_MS;
      tell(new ServerInput.AgentSaid(work.get().getKey(), event));
    }
  }

  private void deliver(Way way, Packet packet) {
    int open = way == Way.TO_SERVER ? openOnServer : openOnClient;
    if (packet.connection() != open || halfOpen) {
      return;
    }
    var decoded = Codec.decode(packet.text(), Codec.Reading.STRICT);
    if (decoded instanceof Decoded.Ok ok) {
      Seen arrived = new Seen(way, ok.frame(), packet.text());
      seen.add(arrived);
      watcher.accept(arrived);
    } else {
      throw new AssertionError("our own side sent no frame: " + packet.text());
    }
    if (way == Way.TO_SERVER) {
      tell(new ServerInput.Received("c" + packet.connection(), decoded));
    } else {
      tell(new ClientInput.Received(packet.connection(), decoded));
    }
    deliveries++;
    if (cutsAfter.contains(deliveries)) {
      cut();
    }
  }

  private void carryOut(ClientOutput output) {
    told.add(output);
    switch (output) {
      case ClientOutput.Open o -> news.add(() -> dial(o));
      case ClientOutput.Send s -> toServer.add(new Packet(s.connection(), Codec.encode(s.frame())));
      case ClientOutput.Close c -> {
        if (openOnClient == c.connection()) {
          openOnClient = 0;
        }
        news.add(() -> closedOnServer(c.connection(), c.code()));
      }
      case ClientOutput.AskTransport a ->
          news.add(() -> tell(new ClientInput.TransportSaid(httpReachable ? websocketOn : null)));
      case ClientOutput.Post p -> news.add(() -> post(p));
      case ClientOutput.WakeAt w -> clientWakeAt = w.nanos();
      case ClientOutput.Deliver d when d.frame().endsRun() -> ended(d.frame());
      default -> {}
    }
  }

  private void post(ClientOutput.Post p) {
    if (!httpReachable) {
      tell(new ClientInput.Posted(p.id(), new PostResult.Failed(0)));
      return;
    }
    String request = "http" + (posted.size() + 1);
    posted.put(request, p.id());
    tell(new ServerInput.Posted(request, p.token(), "ana", p.id(), p.content(), List.of()));
  }

  private void replied(ServerOutput.Reply r) {
    replies.put(r.request(), r.reply());
    String id = posted.get(r.request());
    if (id != null) {
      PostResult result =
          switch (r.reply()) {
            case HttpReply.Ended e -> new PostResult.Ended(e.run());
            case HttpReply.Pushed taken ->
                throw new AssertionError("a POST is answered as a push: " + taken);
            case HttpReply.Refused no -> new PostResult.Rejected(no.status(), no.code());
          };
      news.add(() -> tell(new ClientInput.Posted(id, result)));
    }
  }

  /** The server's process dies and starts again with nothing stored. */
  public void crash(String newEpoch) {
    agentWork.clear();
    agentDueAt = Long.MAX_VALUE;
    serverWakeAt = Long.MAX_VALUE;
    session = SessionState.fresh("s1", newEpoch);
    openOnServer = 0;
    cut();
  }

  private void ended(Frame frame) {
    String key = frame.envelope().replyTo();
    Frame before = terminals.put(key == null ? "?" + terminals.size() : key, frame);
    if (before != null) {
      throw new AssertionError("a second end was shown for " + key + ": " + frame);
    }
  }

  private void dial(ClientOutput.Open o) {
    if (!reachable || halfOpen) {
      tell(new ClientInput.Refused(o.connection(), ClientInput.Refused.UNREACHED, 0));
      return;
    }
    if (!websocketOn) {
      tell(new ClientInput.Refused(o.connection(), 403, 0));
      return;
    }
    openOnClient = o.connection();
    openOnServer = o.connection();
    Profile profile = o.offerResume() ? Profile.RESUME : Profile.CORE;
    tell(
        new ServerInput.Opened(
            "c" + o.connection(), profile, "ana", "a-token-of-128-random-bits-" + o.connection()));
    tell(new ClientInput.Opened(o.connection(), o.offerResume()));
  }

  private void closedOnServer(int connection, int code) {
    if (serverNoticesCuts || connection == openOnServer) {
      tell(new ServerInput.Closed("c" + connection, code, "closed by the client"));
    }
  }

  private void carryOut(ServerOutput output) {
    done.add(output);
    switch (output) {
      case ServerOutput.Send s ->
          toClient.add(new Packet(number(s.connection()), Codec.encode(s.frame())));
      case ServerOutput.Close c -> afterSent(() -> closedOnClient(number(c.connection()), c));
      case ServerOutput.StartRun r -> {
        agentWork.put(r.runId(), new ArrayDeque<>(agent.apply(r)));
        agentDueAt = Math.min(agentDueAt, nowNanos + agentDelayMs * Tick.NANOS_PER_MS);
      }
      case ServerOutput.CancelRun c -> agentWork.remove(c.runId());
      case ServerOutput.WakeAt w -> serverWakeAt = w.nanos();
      case ServerOutput.Reply r -> replied(r);
      default -> {}
    }
  }

  /** A close travels behind what was sent before it. */
  private void afterSent(Runnable close) {
    news.add(() -> {
      while (!toClient.isEmpty()) {
        deliver(Way.TO_CLIENT, toClient.poll());
      }
      close.run();
    });
  }

  private void closedOnClient(int connection, ServerOutput.Close c) {
    if (openOnClient == connection) {
      openOnClient = 0;
      tell(new ClientInput.Closed(connection, c.code(), c.reason()));
    }
  }

  private static int number(String connection) {
    return Integer.parseInt(connection.substring(1));
  }

  private Tick tick() {
    return new Tick(nowNanos, EPOCH.plusNanos(nowNanos), chance.nextLong());
  }

  /** The answer shown for a message, or null. */
  public @Nullable String answer(String id) {
    Frame frame = terminals.get(id);
    return frame != null && frame.body() instanceof Message m ? m.content() : null;
  }

  /** The codes with which the server closed. */
  public List<Integer> closeCodes() {
    return done.stream()
        .filter(ServerOutput.Close.class::isInstance)
        .map(o -> ((ServerOutput.Close) o).code())
        .toList();
  }

  public <T extends ClientOutput> List<T> told(Class<T> type) {
    return told.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
