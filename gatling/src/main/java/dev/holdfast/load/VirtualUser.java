package dev.holdfast.load;

import dev.holdfast.protocol.Profile;
import java.net.URI;
import java.time.Duration;
import java.util.SplittableRandom;
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

  /** When and for how long a dropper's network goes, at most. */
  static final int DROP_AFTER_MS = 40;

  private static final int DROP_FOR_MS = 500;

  /** A dropper loses the network in every so manyth message. */
  private static final int DROP_EVERY = 3;

  private static final CompletionStage<Boolean> DONE = CompletableFuture.completedFuture(true);

  private final Load load;
  private final Persona persona;
  private final long number;
  private final SplittableRandom random;
  private int conversations;
  private int said;
  private long dueNanos;
  private boolean lastFailed;
  private volatile @Nullable Talk talk;

  VirtualUser(Load load, Persona persona, long number) {
    this.load = load;
    this.persona = persona;
    this.number = number;
    LoadPlan plan = load.plan();
    random =
        new SplittableRandom(
            plan.seed() * 1_000_003 + plan.share().index() * 7_368_787L + number * 1_009);
  }

  CompletionStage<?> arrive(RequestLog log) {
    if (!load.running()) {
      return DONE;
    }
    conversations++;
    said = 0;
    Talk begun = begin(log);
    talk = begun;
    return begun.connect().thenAccept(greeted -> dueNanos = System.nanoTime());
  }

  private Talk begin(RequestLog log) {
    LoadPlan plan = load.plan();
    URI http = plan.http();
    if (persona == Persona.POLL && http != null) {
      return new Polling(name(), http, plan, load.meter(), log);
    }
    boolean resume = plan.resume() && (persona == Persona.STREAM || persona == Persona.DROP);
    Profile profile = resume ? Profile.RESUME : Profile.CORE;
    return new Conversation(name(), profile, plan, random.nextLong(), load.meter(), log);
  }

  private String name() {
    return load.plan().share().prefix() + number + "-" + conversations;
  }

  /** Whether there is more to say in this conversation. */
  boolean talking() {
    return load.running() && wellConnected() && said < load.plan().messagesEach();
  }

  /** Whether a last word can be said. */
  boolean wellConnected() {
    Talk now = talk;
    return now != null && now.canGoOn();
  }

  CompletionStage<?> say(RequestLog log) {
    Talk now = talk;
    if (now == null) {
      return DONE;
    }
    LoadPlan plan = load.plan();
    var says = plan.says();
    String text = persona == Persona.STREAM ? plan.streams() : says.get(said % says.size());
    said++;
    long due = due(plan.pace());
    return persona == Persona.DROP && said % DROP_EVERY == 2
        ? now.sayAndDrop(text, due, random.nextInt(DROP_AFTER_MS), random.nextInt(DROP_FOR_MS))
        : now.say(text, due);
  }

  /** When the message should be said. Who was away, or idle, does not catch up on what was due. */
  private long due(Pace pace) {
    long now = System.nanoTime();
    boolean onTime = pace.scheduled() && persona != Persona.DROP && persona != Persona.IDLE;
    long due = onTime ? dueNanos : now;
    dueNanos = due + pace.ms() * 1_000_000;
    return due;
  }

  /** How long until this person says the next thing; a little longer than the load lasts. */
  Duration rest() {
    Pace pace = load.plan().pace();
    long ms =
        pace.scheduled() ? Math.max(0, (dueNanos - System.nanoTime()) / 1_000_000) : pace.ms();
    return Duration.ofMillis(Math.min(ms, load.leftMs() + LINGER_MS));
  }

  /** How long an idle person sits there: as long as a talker's conversation lasts. */
  Duration idle() {
    LoadPlan plan = load.plan();
    long ms = Math.max(1, plan.pace().ms()) * plan.messagesEach();
    return Duration.ofMillis(Math.min(ms, load.leftMs()));
  }

  /** How long before the next conversation. */
  Duration breath() {
    return Duration.ofMillis(lastFailed ? Math.min(BREATH_MS, load.leftMs()) : 0);
  }

  CompletionStage<?> offline(RequestLog log) {
    Talk now = talk;
    if (now != null) {
      now.offline();
    }
    return DONE;
  }

  /** Done when connected again, or out of time. */
  CompletionStage<?> online(RequestLog log) {
    Talk now = talk;
    return now == null ? DONE : now.online().thenAccept(back -> dueNanos = System.nanoTime());
  }

  CompletionStage<?> leave(RequestLog log) {
    Talk last = talk;
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

  private void judge(Talk last, RequestLog log) {
    var history = last.leave();
    if (last.fault() != null) {
      load.broke(last.fault());
    } else if (last.everConnected() && said > 0) {
      load.court()
          .hear(name(), last.profile(), history, load)
          .ifPresent(broken -> log.failed("conversation", 0, broken.evidence()));
    }
  }
}
