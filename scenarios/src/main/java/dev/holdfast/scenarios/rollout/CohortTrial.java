package dev.holdfast.scenarios.rollout;

import dev.holdfast.client.ClientListener;
import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.SimClient;
import dev.holdfast.client.http.HttpFallback;
import dev.holdfast.protocol.client.ClientInput.PostResult;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.scenarios.rollout.CohortJudge.Advice;
import dev.holdfast.scenarios.rollout.CohortJudge.Answer;
import dev.holdfast.scenarios.rollout.CohortJudge.Judgement;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A control that talks over HTTP and a cohort that talks over WebSockets, at the same time and with
 * the same words, until the judge of both has made up its mind or so many answers have come.
 */
public final class CohortTrial {
  private final URI ws;
  private final URI http;
  private final String words;

  /**
   * A trial of one server.
   *
   * @param words what everybody says
   */
  public CohortTrial(URI ws, URI http, String words) {
    this.ws = ws;
    this.http = http;
    this.words = words;
  }

  /**
   * How a trial is played.
   *
   * @param people in each arm
   * @param answers in each arm, at most
   * @param lateMs an answer that takes longer is late
   * @param answerTimeoutMs an answer that takes longer has failed
   */
  public record Plan(int people, int answers, double lateMs, long answerTimeoutMs) {
    /** All answers of an arm one after the other would not take longer. */
    long limitMs() {
      return answerTimeoutMs * Math.max(1, answers / people);
    }
  }

  /** Plays it. */
  public Judgement play(Plan plan, CohortJudge judge, String name) throws InterruptedException {
    AtomicInteger control = new AtomicInteger();
    AtomicInteger cohort = new AtomicInteger();
    try (HttpClient client = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Runnable> people = new ArrayList<>();
      for (int i = 0; i < plan.people(); i++) {
        String who = name + i;
        people.add(() -> overHttp(client, "http-" + who, plan, judge, control));
        people.add(() -> overWebSocket("ws-" + who, plan, judge, cohort));
      }
      people.forEach(person -> threads.execute(person));
      threads.shutdown();
      if (!threads.awaitTermination(plan.limitMs(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    }
    return judge.judge();
  }

  /** Says the words again and again and reports how each answer came. */
  private static void talk(
      Plan plan, CohortJudge judge, AtomicInteger count, Consumer<Answer> arm, Talk talk) {
    while (count.getAndIncrement() < plan.answers() && judge.advice() == Advice.HOLD) {
      try {
        long began = System.nanoTime();
        boolean failed = !talk.answered();
        arm.accept(Answer.of(failed, (System.nanoTime() - began) / 1e6, plan.lateMs()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** One message and its answer; false if it failed or never came. */
  private interface Talk {
    boolean answered() throws InterruptedException;
  }

  private void overHttp(
      HttpClient client, String who, Plan plan, CohortJudge judge, AtomicInteger count) {
    HttpFallback fallback = new HttpFallback(() -> client, http, who);
    AtomicInteger sent = new AtomicInteger();
    talk(
        plan,
        judge,
        count,
        judge::control,
        () -> {
          SynchronousQueue<Boolean> end = new SynchronousQueue<>();
          var chat =
              new HttpFallback.Chat(
                  who + "-" + sent.incrementAndGet(), words, "trial-" + who, null);
          fallback.post(
              chat,
              plan.answerTimeoutMs(),
              result -> hand(end, result instanceof PostResult.Ended));
          return Boolean.TRUE.equals(end.poll(2 * plan.answerTimeoutMs(), TimeUnit.MILLISECONDS));
        });
  }

  private void overWebSocket(String who, Plan plan, CohortJudge judge, AtomicInteger count) {
    SynchronousQueue<Boolean> end = new SynchronousQueue<>();
    ClientListener listener =
        new ClientListener() {
          @Override
          public void onSettled(String id, Outcome outcome, @Nullable String code) {
            hand(end, outcome == Outcome.ANSWERED);
          }
        };
    ClientOptions options =
        ClientOptions.of(who, ws)
            .withSession("trial-" + who)
            .withJournal(null)
            .withListener(listener);
    try (SimClient client = new SimClient(options)) {
      client.connect();
      talk(
          plan,
          judge,
          count,
          judge::cohort,
          () -> {
            client.say(words);
            return Boolean.TRUE.equals(end.poll(plan.answerTimeoutMs(), TimeUnit.MILLISECONDS));
          });
    }
  }

  /** Hands an end to whoever waits for it; one that came too late is nobody's. */
  private static void hand(SynchronousQueue<Boolean> end, boolean answered) {
    try {
      boolean unused = end.offer(answered, 100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
