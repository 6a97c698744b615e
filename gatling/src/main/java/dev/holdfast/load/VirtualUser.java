package dev.holdfast.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A person of Gatling's: comes, talks, leaves, and comes back with a new conversation.
 *
 * <p>One step at a time, each begun on a thread of Gatling's, which none of them holds up.
 */
final class VirtualUser {
  /** How long to stay behind the last answer: what comes twice comes soon. */
  private static final long LINGER_MS = 25;

  /** A breath between conversations where the last one failed. */
  private static final long BREATH_MS = 1_000;

  private static final CompletionStage<Boolean> DONE = CompletableFuture.completedFuture(true);

  private final Load load;
  private final long number;
  private int conversations;
  private int said;
  private long dueNanos;
  private boolean lastFailed;
  private volatile @Nullable Conversation talk;

  VirtualUser(Load load, long number) {
    this.load = load;
    this.number = number;
  }

  CompletionStage<?> arrive(RequestLog log) {
    if (!load.running()) {
      return DONE;
    }
    LoadPlan plan = load.plan();
    conversations++;
    said = 0;
    Conversation begun =
        new Conversation(
            name(),
            plan.url(),
            plan.seed() * 1_000_003 + number * 1_009 + conversations,
            plan.answerTimeoutMs(),
            load.meter(),
            log);
    talk = begun;
    return begun.connect().thenAccept(greeted -> dueNanos = System.nanoTime());
  }

  private String name() {
    return "p" + number + "-" + conversations;
  }

  /** Whether there is more to say in this conversation. */
  boolean talking() {
    Conversation now = talk;
    return load.running() && now != null && now.canGoOn() && said < load.plan().messagesEach();
  }

  CompletionStage<?> say(RequestLog log) {
    Conversation now = talk;
    if (now == null) {
      return DONE;
    }
    var says = load.plan().says();
    String text = says.get(said % says.size());
    said++;
    Pace pace = load.plan().pace();
    long due = pace.scheduled() ? dueNanos : System.nanoTime();
    dueNanos = due + pace.ms() * 1_000_000;
    return now.say(text, due);
  }

  /** How long until this person says the next thing; a little longer than the load lasts. */
  Duration rest() {
    Pace pace = load.plan().pace();
    long ms =
        pace.scheduled() ? Math.max(0, (dueNanos - System.nanoTime()) / 1_000_000) : pace.ms();
    return Duration.ofMillis(Math.min(ms, load.leftMs() + LINGER_MS));
  }

  /** How long before the next conversation. */
  Duration breath() {
    return Duration.ofMillis(lastFailed ? Math.min(BREATH_MS, load.leftMs()) : 0);
  }

  CompletionStage<?> offline(RequestLog log) {
    Conversation now = talk;
    if (now != null) {
      now.offline();
    }
    return DONE;
  }

  /** Done when connected again, or out of time. */
  CompletionStage<?> online(RequestLog log) {
    Conversation now = talk;
    if (now == null) {
      return DONE;
    }
    now.online();
    return now.untilConnected().thenAccept(back -> dueNanos = System.nanoTime());
  }

  CompletionStage<?> leave(RequestLog log) {
    Conversation last = talk;
    talk = null;
    if (last == null) {
      return DONE;
    }
    lastFailed = !last.canGoOn();
    CompletableFuture<Void> over = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("holdfast-load-leaves-" + name())
        .start(() -> {
          try {
            judge(last, log);
            over.complete(null);
          } catch (RuntimeException | Error e) {
            over.completeExceptionally(e);
          }
        });
    return over;
  }

  private void judge(Conversation last, RequestLog log) {
    int connections = load.meter().connections();
    long beganMs = load.elapsedMs();
    var history = last.leave();
    if (last.fault() != null) {
      load.broke(last.fault());
    } else if (last.everConnected() && said > 0) {
      load.court()
          .hear(name(), history, beganMs, connections)
          .ifPresent(broken -> log.failed("conversation", 0, broken.evidence()));
    }
  }
}
