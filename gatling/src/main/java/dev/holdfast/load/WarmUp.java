package dev.holdfast.load;

import dev.holdfast.protocol.Profile;
import java.net.URI;
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

  /** What breaks before the load begins breaks at its beginning. */
  private static final Court.Clock BEFORE =
      new Court.Clock() {
        @Override
        public long atMs(long nanos) {
          return 0;
        }

        @Override
        public int connectionsAt(long nanos) {
          return MOST_PEOPLE;
        }
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
    var says = resume ? List.of(plan.streams()) : plan.says();
    Talk talk = begin(name, resume);
    boolean greeted = talk.connect().join();
    int said = 0;
    while (greeted && talk.canGoOn() && wantsMore(said)) {
      talk.say(says.get(said % says.size()), System.nanoTime()).join();
      said++;
    }
    var history = talk.leave();
    if (said > 0) {
      court.hear(name, talk.profile(), history, BEFORE);
    }
  }

  /** Where all of the people poll, nobody dials. */
  private Talk begin(String name, boolean resume) {
    URI http = plan.http();
    if (http != null && !plan.somebodyDials()) {
      return new Polling(name, http, plan, uncounted, RequestLog.NONE);
    }
    Profile profile = resume ? Profile.RESUME : Profile.CORE;
    return new Conversation(name, profile, plan, plan.seed(), uncounted, RequestLog.NONE);
  }

  private boolean wantsMore(int said) {
    long ms = (System.nanoTime() - beganNanos) / 1_000_000;
    boolean warm = ms >= LEAST_MS && said >= ENOUGH_MESSAGES;
    return said < LEAST_MESSAGES || (ms < MOST_MS && !warm);
  }
}
