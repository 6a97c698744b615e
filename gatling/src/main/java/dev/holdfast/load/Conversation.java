package dev.holdfast.load;

import dev.holdfast.client.ClientListener;
import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.SimClient;
import dev.holdfast.load.Exchange.Fate;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import dev.holdfast.report.result.Percentiles;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A conversation over a WebSocket. */
final class Conversation implements Talk, ClientListener {
  static final String FIRST_FRAME = "first frame";
  static final String FIRST_TOKEN = "first token";
  static final String ANSWER = "answer";
  static final String AFTER_DROP = "answer across a drop";
  static final String PING = "ping";

  private final LoadPlan plan;
  private final Profile profile;
  private final Meter meter;
  private final RequestLog log;
  private final Journal journal;
  private final LinkWatch watch;
  private final SimClient client;

  private volatile CompletableFuture<Boolean> connected = new CompletableFuture<>();
  private volatile @Nullable Exchange exchange;
  private volatile @Nullable Throwable fault;
  private volatile boolean everConnected;
  private volatile boolean silent;
  private volatile boolean leaving;
  private volatile boolean gaveUp;

  private int waiting;

  /** Touched by the client's thread alone. */
  private long newestArrival;

  Conversation(
      String person, Profile profile, LoadPlan plan, long seed, Meter meter, RequestLog log) {
    this.plan = plan;
    this.profile = profile;
    this.meter = meter;
    this.log = log;
    journal = new Journal(Source.CLIENT, person);
    watch = new LinkWatch(meter, log);
    client =
        new SimClient(
            ClientOptions.of(person, plan.dials())
                .with(plan.via() == null ? Handed.ACCESS : Handed.ACCESS.behindProxy(plan.url()))
                .with(config(profile, plan))
                .withJournal(journal)
                .withSeed(seed)
                .withListener(this));
  }

  private static ClientConfig config(Profile profile, LoadPlan plan) {
    ClientConfig config = profile == Profile.RESUME ? ClientConfig.RESUME : ClientConfig.CORE;
    return plan.heartbeatMs() == 0
        ? config
        : config.withHeartbeat(plan.heartbeatMs(), config.pongTimeoutMs());
  }

  @Override
  public CompletableFuture<Boolean> connect() {
    client.connect();
    return untilConnected()
        .whenComplete((greeted, thrown) -> gaveUp = !Boolean.TRUE.equals(greeted));
  }

  private CompletableFuture<Boolean> untilConnected() {
    return connected.copy().completeOnTimeout(false, plan.answerTimeoutMs(), TimeUnit.MILLISECONDS);
  }

  /** Who waits for the network from here on waits for a new connection: this one is lost. */
  @Override
  public void offline() {
    if (connected.isDone()) {
      connected = new CompletableFuture<>();
    }
    client.offline();
  }

  @Override
  public CompletableFuture<Boolean> online() {
    client.online();
    return untilConnected();
  }

  @Override
  public CompletableFuture<?> say(String text, long dueNanos) {
    return say(text, new Exchange(dueNanos, false));
  }

  @Override
  public CompletableFuture<?> sayAndDrop(String text, long dueNanos, long afterMs, long forMs) {
    Exchange said = new Exchange(dueNanos, true);
    CompletableFuture<?> answered = say(text, said);
    CompletableFuture<?> back =
        CompletableFuture.runAsync(this::offline, in(afterMs))
            .thenComposeAsync(gone -> online(), in(forMs));
    return CompletableFuture.allOf(answered, back);
  }

  private static Executor in(long ms) {
    return CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS);
  }

  private CompletableFuture<?> say(String text, Exchange said) {
    exchange = said;
    meter.said();
    waits(client.state() == LinkState.CONNECTED ? client.queued() : client.queued() + 1);
    client.say(text);
    long timeoutMs = plan.answerTimeoutMs();
    return said.over
        .completeOnTimeout(new Fate.Silent(timeoutMs), timeoutMs, TimeUnit.MILLISECONDS)
        .thenAccept(fate -> over(said, fate));
  }

  /**
   * So many messages wait, never yet written; the client says so again with all that happens. Who
   * leaves has none any more.
   */
  private synchronized void waits(int messages) {
    int now = leaving ? 0 : messages;
    meter.waits(now - waiting);
    waiting = now;
  }

  @Override
  public boolean canGoOn() {
    return everConnected && !silent && fault == null && client.state() != LinkState.DISCONNECTED;
  }

  @Override
  public boolean everConnected() {
    return everConnected;
  }

  @Override
  public Profile profile() {
    return profile;
  }

  @Override
  public @Nullable Throwable fault() {
    return fault;
  }

  @Override
  public List<HistoryRecord> leave() {
    List<HistoryRecord> seen = journal.records();
    if (everConnected && client.state() != LinkState.CONNECTED) {
      meter.stranded();
    }
    leaving = true;
    client.close();
    waits(0);
    return seen;
  }

  private void over(Exchange said, Fate fate) {
    exchange = null;
    meter.ended(said.dropped, failure(fate));
    switch (fate) {
      case Fate.Answered a -> answered(said, a.atNanos());
      case Fate.NotAnswered n -> {
        if (!said.dropped) {
          log.failed(ANSWER, sinceNanos(said), n.why());
        }
      }
      case Fate.Silent s -> {
        silent = true;
        said.unanswered(meter, log, "nothing came within " + s.ms() + " ms");
      }
    }
  }

  private static @Nullable String failure(Fate fate) {
    return switch (fate) {
      case Fate.Answered a -> null;
      case Fate.NotAnswered n -> n.why();
      case Fate.Silent s -> "nothing came within " + s.ms() + " ms";
    };
  }

  private void answered(Exchange said, long atNanos) {
    long took = atNanos - said.dueNanos;
    if (said.dropped) {
      meter.timed(Percentiles.ANSWER_AFTER_DROP, took);
      log.ok(AFTER_DROP, took);
      return;
    }
    meter.timed(Percentiles.ANSWER, took);
    meter.timed(Percentiles.ANSWER_UNCORRECTED, atNanos - said.saidNanos);
    log.ok(ANSWER, took);
  }

  private static long sinceNanos(Exchange said) {
    return System.nanoTime() - said.dueNanos;
  }

  @Override
  public void onState(LinkState state, int attempt, long delayMs, String reason) {
    boolean ours = leaving && !gaveUp;
    String why = leaving ? "no greeting came within " + plan.answerTimeoutMs() + " ms" : reason;
    watch.saw(state, attempt, delayMs, why, System.nanoTime(), ours);
    waits(client.queued());
    switch (state) {
      case CONNECTED -> {
        everConnected = true;
        connected.complete(true);
      }
      case DISCONNECTED -> connected.complete(false);
      case CONNECTING, RECONNECTING -> {
        if (connected.isDone()) {
          connected = new CompletableFuture<>();
        }
      }
    }
  }

  @Override
  public void onFrame(Seen seen) {
    waits(client.queued());
    if (seen.direction() == Direction.OUT) {
      return;
    }
    newestArrival = seen.nanos();
    Exchange said = exchange;
    if (said != null) {
      said.arrived(seen, meter, log);
    }
  }

  @Override
  public void onSettled(String id, Outcome outcome, @Nullable String code) {
    end(
        switch (outcome) {
          case ANSWERED -> new Fate.Answered(newestArrival);
          case FAILED -> new Fate.NotAnswered("ended in error " + code);
          case INDETERMINATE -> new Fate.NotAnswered("in doubt: " + code);
        });
  }

  @Override
  public void onRefused(String id, String code) {
    end(new Fate.NotAnswered("refused: " + code));
  }

  @Override
  public void onLatency(long nanos) {
    meter.timed(Percentiles.PING, nanos);
    log.ok(PING, nanos);
  }

  @Override
  public void onFailure(Throwable failure) {
    fault = failure;
    connected.complete(false);
    end(new Fate.NotAnswered("Holdfast's client broke: " + failure));
  }

  private void end(Fate fate) {
    Exchange said = exchange;
    if (said != null) {
      said.over.complete(fate);
    }
  }
}
