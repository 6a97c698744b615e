package dev.holdfast.client;

import dev.holdfast.client.ClientListener.Direction;
import dev.holdfast.client.http.HttpFallback;
import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientInput.PostResult;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.client.Outbox;
import dev.holdfast.protocol.client.Phase;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Codec.Reading;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.CloseCode;
import java.net.URI;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One person's client on real sockets: a shell round {@link
 * dev.holdfast.protocol.client.ClientStep} that decides nothing.
 *
 * <p>Inputs are taken one at a time and all outputs of one are carried out before the next. All
 * methods may be called from any thread and return at once, but {@link #close}.
 */
public final class SimClient implements AutoCloseable {
  /** How long leaving may take; what is left then is dropped. */
  private static final long CLOSE_TIMEOUT_MS = 2_000;

  private final ClientOptions options;
  private final ClientRuntime runtime = ClientRuntime.shared();
  private final Recorder recorder;
  private final Mailbox mailbox;
  private final Connections connections;
  private final @Nullable HttpFallback http;
  private final SplittableRandom random;

  private volatile ClientState state;
  private volatile @Nullable Throwable failure;
  private volatile long wallAheadMs;
  private final Unwritten unwritten = new Unwritten();
  private int resumeConnection;
  private @Nullable ScheduledFuture<?> wakeUp;

  public SimClient(ClientOptions options) {
    this.options = options;
    recorder = new Recorder(options.journal());
    mailbox = new Mailbox("holdfast-client-" + options.name());
    connections = new Connections(options, runtime.links(), new FromConnections());
    URI base = options.httpUrl();
    http =
        base == null
            ? null
            : new HttpFallback(
                () -> runtime.http(base.getScheme(), options.access()),
                base,
                options.userId(),
                options.access());
    random = new SplittableRandom(options.seed());
    state = ClientState.fresh(options.sessionId(), UUID.randomUUID().toString());
  }

  /** The person wants to be connected. */
  public void connect() {
    ask(() -> step(new ClientInput.Connect()));
  }

  public String say(String content) {
    return say(content, null);
  }

  /**
   * Says something.
   *
   * @param as what the journal calls it
   * @return its id, which its answer and its end will name
   */
  public String say(String content, @Nullable String as) {
    String id = UUID.randomUUID().toString();
    ask(() -> {
      mark();
      recorder.says(id, as, content);
      step(new ClientInput.Say(id, content));
    });
    return id;
  }

  public void cancel(String runId) {
    String id = UUID.randomUUID().toString();
    ask(() -> {
      mark();
      recorder.cancels(id, runId);
      step(new ClientInput.Cancel(id, runId));
    });
  }

  /** The person leaves, and may come back by {@link #connect} or {@link #retry}. */
  public void disconnect() {
    ask(() -> step(new ClientInput.Disconnect()));
  }

  /** The person presses Retry. */
  public void retry() {
    ask(() -> step(new ClientInput.Retry(UUID.randomUUID().toString())));
  }

  /** The network goes away without a word: what is open breaks, and nothing can be reached. */
  public void offline() {
    ask(this::unplug);
  }

  /** The network is back; the client finds out by its next attempt. */
  public void online() {
    ask(() -> {
      mark();
      recorder.acted("online");
      connections.plugIn();
    });
  }

  /** Sets this machine's date ahead, or back; what is measured goes on as before. */
  public void setClock(long aheadMs) {
    wallAheadMs = aheadMs;
  }

  /** Becomes another tab of somebody's session, before it ever connects; false without a token. */
  public boolean joins(SimClient other) {
    ClientState theirs = other.state;
    String token = theirs.resuming().token();
    if (token == null) {
      return false;
    }
    ask(() -> {
      ClientState fresh = ClientState.fresh(theirs.sessionId(), state.resuming().clientId());
      state = fresh.with(fresh.outbox(), fresh.resuming().withToken(token));
    });
    return true;
  }

  public LinkState state() {
    return state.reported();
  }

  /** The conversation; null until the server named it. */
  public @Nullable String sessionId() {
    return state.sessionId();
  }

  /** How many messages wait, never yet written. */
  public int queued() {
    return state.outbox().waiting().size();
  }

  /** The run that a message started, as far as a frame told and the message is not over. */
  public @Nullable String runOf(String messageId) {
    for (Outbox.Entry entry : state.outbox().written()) {
      if (entry.id().equals(messageId)) {
        return entry.runId();
      }
    }
    return null;
  }

  /** What broke this client; never the peer's doing. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** Leaves for good, politely if the other side lets us, and releases everything. */
  @Override
  public void close() {
    CompletableFuture<@Nullable Void> over = mailbox.finish(guarded(this::leave));
    if (!mailbox.isCurrent()) {
      await(over.thenCompose(done -> connections.done()));
      connections.abandonAll();
    }
  }

  private void leave() {
    step(new ClientInput.Disconnect());
    release();
  }

  private void release() {
    if (wakeUp != null) {
      wakeUp.cancel(false);
    }
    if (http != null) {
      http.cancel();
    }
  }

  private static void await(CompletableFuture<?> future) {
    try {
      future.get(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Whatever is left is dropped next.
    }
  }

  private void ask(Runnable task) {
    if (!mailbox.put(guarded(task))) {
      throw new IllegalStateException("client " + options.name() + " is closed");
    }
  }

  /** Our own faults stop the client, loudly; they are never taken for the peer's. */
  private Runnable guarded(Runnable task) {
    return () -> {
      if (failure != null) {
        return;
      }
      try {
        task.run();
      } catch (RuntimeException | Error thrown) {
        failure = thrown;
        release();
        connections.abandonAll();
        options.listener().onFailure(thrown);
      }
    };
  }

  private Tick mark() {
    Tick now =
        new Tick(System.nanoTime(), Instant.now().plusMillis(wallAheadMs), random.nextLong());
    recorder.at(now, state.sessionId(), state.connection());
    return now;
  }

  private void step(ClientInput input) {
    Tick now = mark();
    recorder.input(input);
    switch (input) {
      case ClientInput.Closed c -> options.listener().onClosed(c.connection(), c.code());
      case ClientInput.Refused r when r.status() == ClientInput.Refused.UNREACHED ->
          options.listener().onUnreached(r.connection());
      default -> {}
    }
    Step<ClientState, ClientOutput> next = options.step().step(state, input, now);
    state = next.state();
    recorder.at(now, state.sessionId(), state.connection());
    next.outputs().forEach(this::carryOut);
  }

  private void carryOut(ClientOutput output) {
    recorder.output(output);
    ClientListener listener = options.listener();
    switch (output) {
      case ClientOutput.Open o -> connections.dial(o);
      case ClientOutput.Send s -> send(s);
      case ClientOutput.Close c -> connections.leave(c.connection(), c.code(), c.reason());
      case ClientOutput.AskTransport a -> askTransport();
      case ClientOutput.Post p -> post(p);
      case ClientOutput.WakeAt w -> wakeAt(w.nanos());
      case ClientOutput.StateChanged s ->
          listener.onState(s.state(), s.attempt(), s.delayMs(), s.reason());
      case ClientOutput.Deliver d -> listener.onDeliver(d.frame());
      case ClientOutput.Refuse r -> listener.onRefused(r.id(), r.code());
      case ClientOutput.Settled s -> listener.onSettled(s.id(), s.outcome(), s.code());
      case ClientOutput.Latency l -> listener.onLatency(l.nanos());
    }
  }

  private void send(ClientOutput.Send s) {
    String text = Codec.encode(s.frame());
    long nanos = System.nanoTime();
    String id = s.frame().envelope().id();
    if (connections.send(s.connection(), text, () -> unwritten.add(s.connection(), id))) {
      recorder.frame(Direction.OUT, s.connection(), text, s.frame(), null);
      options
          .listener()
          .onFrame(new ClientListener.Seen(Direction.OUT, s.connection(), nanos, text, s.frame()));
    } else {
      unwritten.add(s.connection(), id);
      recorder.unsent(s.connection(), text, s.frame());
    }
  }

  private void receive(int connection, String text, long nanos) {
    Decoded decoded =
        Codec.decode(text, connection == resumeConnection ? Reading.STRICT : Reading.TOLERANT);
    mark();
    var seen =
        switch (decoded) {
          case Decoded.Ok ok -> {
            recorder.frame(Direction.IN, connection, text, ok.frame(), null);
            yield new ClientListener.Seen(Direction.IN, connection, nanos, text, ok.frame());
          }
          case Decoded.Violation v -> {
            recorder.frame(Direction.IN, connection, text, null, v.code());
            yield new ClientListener.Seen(Direction.IN, connection, nanos, text, null);
          }
        };
    options.listener().onFrame(seen);
    step(new ClientInput.Received(connection, decoded));
  }

  private void wakeAt(long nanos) {
    if (wakeUp != null) {
      wakeUp.cancel(false);
    }
    long delay = Math.max(0, nanos - System.nanoTime());
    wakeUp =
        runtime
            .timers()
            .schedule(() -> answered(new ClientInput.Woken()), delay, TimeUnit.NANOSECONDS);
  }

  private void askTransport() {
    if (http == null || connections.unplugged()) {
      answered(new ClientInput.TransportSaid(null));
    } else {
      http.ask(websocket -> answered(new ClientInput.TransportSaid(websocket)));
    }
  }

  private void post(ClientOutput.Post p) {
    if (http == null || connections.unplugged()) {
      answered(new ClientInput.Posted(p.id(), new PostResult.Failed(0)));
    } else {
      http.post(
          new HttpFallback.Chat(p.id(), p.content(), state.sessionId(), p.token()),
          options.config().answerTimeoutMs(),
          result -> answered(new ClientInput.Posted(p.id(), result)));
    }
  }

  private void answered(ClientInput input) {
    mailbox.post(guarded(() -> step(input)));
  }

  private void unplug() {
    mark();
    recorder.acted("offline");
    connections.unplug();
    if (http != null) {
      http.cancel();
    }
    switch (state.phase()) {
      case Phase.Dialing p ->
          step(new ClientInput.Refused(p.connection(), ClientInput.Refused.UNREACHED, 0));
      case Phase.Greeting p -> step(cut(p.connection()));
      case Phase.Open p -> step(cut(p.connection()));
      default -> {}
    }
  }

  private static ClientInput cut(int connection) {
    return new ClientInput.Closed(connection, CloseCode.ABNORMAL, "offline");
  }

  /** What happens on connections becomes input in the order of its happening. */
  private final class FromConnections implements Connections.Events {
    @Override
    public void happened(ClientInput input) {
      mailbox.put(
          guarded(() -> {
            if (input instanceof ClientInput.Opened o && o.subprotocolAccepted()) {
              resumeConnection = o.connection();
            }
            step(input instanceof ClientInput.Closed c ? unwritten.of(c) : input);
          }));
    }

    @Override
    public void arrived(int connection, String text, long nanos) {
      mailbox.put(guarded(() -> receive(connection, text, nanos)));
    }
  }
}
