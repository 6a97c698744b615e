package dev.holdfast.load;

import dev.holdfast.client.ClientListener;
import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.SimClient;
import dev.holdfast.load.Exchange.Fate;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One person's conversation under load, from connecting to leaving, with everything timed.
 *
 * <p>No step blocks but {@link #leave}; one message is under way at a time.
 */
final class Conversation implements ClientListener {
  static final String FIRST_FRAME = "first frame";
  static final String ANSWER = "answer";
  static final String PING = "ping";

  private final Meter meter;
  private final RequestLog log;
  private final long timeoutMs;
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

  /** Touched by the client's thread alone. */
  private long newestArrival;

  Conversation(String person, URI url, long seed, long timeoutMs, Meter meter, RequestLog log) {
    this.meter = meter;
    this.log = log;
    this.timeoutMs = timeoutMs;
    journal = new Journal(Source.CLIENT, person);
    watch = new LinkWatch(meter, log);
    client =
        new SimClient(
            ClientOptions.of(person, url).withJournal(journal).withSeed(seed).withListener(this));
  }

  /** Done when greeted, given up, or out of time. */
  CompletableFuture<Boolean> connect() {
    client.connect();
    return untilConnected()
        .whenComplete((greeted, thrown) -> gaveUp = !Boolean.TRUE.equals(greeted));
  }

  CompletableFuture<Boolean> untilConnected() {
    return connected.copy().completeOnTimeout(false, timeoutMs, TimeUnit.MILLISECONDS);
  }

  void offline() {
    client.offline();
  }

  void online() {
    client.online();
  }

  /** Done when the message ended, or nothing was heard of it in time. */
  CompletableFuture<?> say(String text, long dueNanos) {
    Exchange said = new Exchange(dueNanos);
    exchange = said;
    meter.said();
    client.say(text);
    return said.over
        .completeOnTimeout(new Fate.Silent(timeoutMs), timeoutMs, TimeUnit.MILLISECONDS)
        .thenAccept(fate -> over(said, fate));
  }

  /** Whether it makes sense to say more. */
  boolean canGoOn() {
    return everConnected && !silent && fault == null && client.state() != LinkState.DISCONNECTED;
  }

  boolean everConnected() {
    return everConnected;
  }

  /** What broke our own client, if anything did. */
  @Nullable Throwable fault() {
    return fault;
  }

  /** Ends the conversation and tells what was seen of it before; takes up to two seconds. */
  List<HistoryRecord> leave() {
    List<HistoryRecord> seen = journal.records();
    leaving = true;
    client.close();
    return seen;
  }

  private void over(Exchange said, Fate fate) {
    exchange = null;
    switch (fate) {
      case Fate.Answered a -> {
        meter.answered(a.atNanos() - said.dueNanos);
        log.ok(ANSWER, a.atNanos() - said.dueNanos);
      }
      case Fate.NotAnswered n -> log.failed(ANSWER, sinceNanos(said), n.why());
      case Fate.Silent s -> {
        silent = true;
        log.failed(ANSWER, sinceNanos(said), "nothing came within " + s.ms() + " ms");
      }
    }
  }

  private static long sinceNanos(Exchange said) {
    return System.nanoTime() - said.dueNanos;
  }

  @Override
  public void onState(LinkState state, int attempt, long delayMs, String reason) {
    boolean ours = leaving && !gaveUp;
    String why = leaving ? "no greeting came within " + timeoutMs + " ms" : reason;
    watch.saw(state, attempt, delayMs, why, System.nanoTime(), ours);
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
    if (seen.direction() == Direction.OUT) {
      return;
    }
    newestArrival = seen.nanos();
    Exchange said = exchange;
    if (said != null && !said.firstSeen && belongsToRun(seen.frame())) {
      said.firstSeen = true;
      meter.firstFrame(seen.nanos() - said.dueNanos);
      log.ok(FIRST_FRAME, seen.nanos() - said.dueNanos);
    }
  }

  private static boolean belongsToRun(@Nullable Frame frame) {
    return frame != null
        && switch (frame.type()) {
          case PING, PONG -> false;
          case STATUS -> !(frame.body() instanceof Status.Connected);
          case MESSAGE, TOOL_EXECUTION, ERROR -> true;
        };
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
    meter.pinged(nanos);
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
