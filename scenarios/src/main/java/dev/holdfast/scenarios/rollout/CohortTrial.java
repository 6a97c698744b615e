package dev.holdfast.scenarios.rollout;

import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.SimClient;
import dev.holdfast.client.access.Access;
import dev.holdfast.client.http.HttpFallback;
import dev.holdfast.protocol.client.ClientInput.PostResult;
import dev.holdfast.scenarios.rollout.CohortJudge.Advice;
import dev.holdfast.scenarios.rollout.CohortJudge.Answer;
import dev.holdfast.scenarios.rollout.CohortJudge.Judgement;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A control that talks over HTTP and a cohort that talks over WebSockets, at the same time and with
 * the same words, until the judge of both has made up its mind or so many answers have come.
 */
public final class CohortTrial {
  private final URI ws;
  private final URI http;
  private final Access access;
  private final String words;

  /**
   * A trial of one server.
   *
   * @param words what everybody says
   */
  public CohortTrial(URI ws, URI http, String words) {
    this(ws, http, words, Access.NONE);
  }

  /** A trial of a server that needs more than its addresses. */
  public CohortTrial(URI ws, URI http, String words, Access access) {
    this.ws = ws;
    this.http = http;
    this.words = words;
    this.access = access;
  }

  /**
   * How a trial is played.
   *
   * @param people in each arm
   * @param answers in each arm, at most
   * @param lateMs an answer that takes longer is late
   * @param answerTimeoutMs an answer that takes longer has failed
   * @param withinMs when this is over, what came by then is judged
   */
  public record Plan(int people, int answers, double lateMs, long answerTimeoutMs, long withinMs) {
    /** More of a server of which nearly nothing works would only take time. */
    private static final int ENOUGH_OF_THE_USELESS = 4;

    private boolean wantsMore(Advice advice, int said) {
      return switch (advice) {
        case HOLD -> said <= answers;
        case NO_COMPARISON -> said <= answers / ENOUGH_OF_THE_USELESS;
        case ADVANCE, ROLL_BACK -> false;
      };
    }
  }

  /** Plays it. */
  public Judgement play(Plan plan, CohortJudge judge, String name) throws InterruptedException {
    AtomicInteger control = new AtomicInteger();
    AtomicInteger cohort = new AtomicInteger();
    try (HttpClient client =
            access.http(HttpClient.newBuilder()).version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Runnable> people = new ArrayList<>();
      for (int i = 0; i < plan.people(); i++) {
        String who = name + i;
        people.add(() -> overHttp(client, "http-" + who, plan, judge, control));
        people.add(() -> overWebSocket("ws-" + who, plan, judge, cohort));
      }
      people.forEach(person -> threads.execute(person));
      threads.shutdown();
      if (!threads.awaitTermination(plan.withinMs(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    }
    return judge.judge();
  }

  /** Says the words again and again and reports how each answer came. */
  private static void talk(
      Plan plan, CohortJudge judge, AtomicInteger count, Consumer<Answer> arm, Talk talk) {
    while (plan.wantsMore(judge.advice(), count.incrementAndGet())) {
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
    HttpFallback fallback = new HttpFallback(() -> client, http, who, access);
    AtomicInteger sent = new AtomicInteger();
    try {
      talk(
          plan,
          judge,
          count,
          judge::control,
          () -> {
            CompletableFuture<PostResult> end = new CompletableFuture<>();
            var chat =
                new HttpFallback.Chat(
                    who + "-" + sent.incrementAndGet(), words, "trial-" + who, null);
            fallback.post(chat, plan.answerTimeoutMs(), end::complete);
            return answered(end);
          });
    } finally {
      // Whoever closes the client waits for all that is under way.
      fallback.cancel();
    }
  }

  /** A run may end in an error: that is no answer, as over the socket. */
  private static boolean answered(CompletableFuture<PostResult> end) throws InterruptedException {
    try {
      return end.get() instanceof PostResult.Ended ended && ended.run().error() == null;
    } catch (ExecutionException e) {
      return false;
    }
  }

  /**
   * An answer is compared with an answer: the time of the handshake and greeting, which HTTP does
   * not have, is no part of it. Without a greeting in time the first message fails by itself.
   */
  private static void greeted(Plan plan, Ends ends) {
    try {
      boolean unused = ends.connected(plan.answerTimeoutMs());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void overWebSocket(String who, Plan plan, CohortJudge judge, AtomicInteger count) {
    Ends ends = new Ends();
    ClientOptions options =
        ClientOptions.of(who, ws)
            .with(access)
            .withSession("trial-" + who)
            .withJournal(null)
            .withListener(ends);
    try (SimClient client = new SimClient(options)) {
      client.connect();
      greeted(plan, ends);
      talk(
          plan,
          judge,
          count,
          judge::cohort,
          () -> ends.answered(client.say(words), plan.answerTimeoutMs()));
    }
  }
}
