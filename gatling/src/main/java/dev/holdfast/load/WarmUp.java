package dev.holdfast.load;

import dev.holdfast.protocol.Profile;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A few people who talk before the clock starts.
 *
 * <p>They are judged like everybody else but not timed: the first conversation of a JVM takes a
 * second, nearly all of it for loading classes, and that is nobody's latency.
 */
final class WarmUp {
  private static final int MOST_PEOPLE = 4;

  /** However long they take. */
  private static final int LEAST_MESSAGES = 3;

  private static final int ENOUGH_MESSAGES = 10;
  private static final long LEAST_MS = 1_500;
  private static final long MOST_MS = 5_000;

  private static final RequestLog NOWHERE =
      new RequestLog() {
        @Override
        public void ok(String request, long nanos) {}

        @Override
        public void failed(String request, long nanos, String why) {}
      };

  private final LoadPlan plan;
  private final Court court;
  private final Meter uncounted = new Meter();
  private final long beganNanos = System.nanoTime();

  WarmUp(LoadPlan plan, Court court) {
    this.plan = plan;
    this.court = court;
  }

  /** Returns when they have left, or should have. */
  void run() {
    int people = Math.min(plan.share().users(plan.users()), MOST_PEOPLE);
    CountDownLatch left = new CountDownLatch(people);
    for (int i = 1; i <= people; i++) {
      String name = "w" + i;
      boolean resume = plan.resume() && i % 2 == 0;
      Thread.ofVirtual()
          .name("holdfast-load-warm-up-" + name)
          .start(() -> {
            try {
              talk(name, resume);
            } finally {
              left.countDown();
            }
          });
    }
    try {
      boolean allLeft = left.await(MOST_MS + 2 * plan.answerTimeoutMs(), TimeUnit.MILLISECONDS);
      if (!allLeft) {
        System.out.println("The warm-up took too long; the load begins.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void talk(String name, boolean resume) {
    Profile profile = resume ? Profile.RESUME : Profile.CORE;
    var says = resume ? List.of(plan.streams()) : plan.says();
    Conversation talk = new Conversation(name, profile, plan, plan.seed(), uncounted, NOWHERE);
    boolean greeted = talk.connect().join();
    int said = 0;
    while (greeted && talk.canGoOn() && wantsMore(said)) {
      talk.say(says.get(said % says.size()), System.nanoTime()).join();
      said++;
    }
    var history = talk.leave();
    if (said > 0) {
      court.hear(name, profile, history, 0, uncounted.connections());
    }
  }

  private boolean wantsMore(int said) {
    long ms = (System.nanoTime() - beganNanos) / 1_000_000;
    boolean warm = ms >= LEAST_MS && said >= ENOUGH_MESSAGES;
    return said < LEAST_MESSAGES || (ms < MOST_MS && !warm);
  }
}
