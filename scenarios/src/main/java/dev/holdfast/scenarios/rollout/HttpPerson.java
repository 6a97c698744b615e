package dev.holdfast.scenarios.rollout;

import dev.holdfast.client.http.HttpFallback;
import dev.holdfast.protocol.client.ClientInput.PostResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has HTTP only and whom no switch concerns. Asks the same again and again, and keeps
 * what was answered when.
 */
final class HttpPerson {
  private static final long PAUSE_MS = 100;

  /** What stands for an answer that never came. */
  private static final String NOTHING = "(nothing)";

  private final String who;
  private final HttpFallback http;
  private final long patienceMs;
  private final Map<String, List<Heard>> answers = new LinkedHashMap<>();
  private volatile boolean left;
  private int said;

  /** An answer, and when it was given. */
  private record Heard(String when, String answer) {}

  HttpPerson(String who, HttpClient client, URI base, long patienceMs) {
    this.who = who;
    this.patienceMs = patienceMs;
    http = new HttpFallback(() -> client, base, who);
  }

  /** Says it; the answer comes when it comes, if only as words that there is none. */
  CompletableFuture<String> say(String words) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    String id = who + "-" + ++said;
    long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
    post(new HttpFallback.Chat(id, words, "drill-" + who, null), untilNanos, answer);
    return answer;
  }

  /** What had no answer is posted again under its id, as every client does, while there is time. */
  private void post(HttpFallback.Chat chat, long untilNanos, CompletableFuture<String> answer) {
    http.post(
        chat,
        patienceMs,
        result -> {
          boolean again = !left && System.nanoTime() < untilNanos;
          if (again && result instanceof PostResult.Failed failed) {
            long pauseMs = Math.max(PAUSE_MS, failed.retryAfterMs());
            CompletableFuture.delayedExecutor(pauseMs, TimeUnit.MILLISECONDS)
                .execute(() -> post(chat, untilNanos, answer));
          } else {
            answer.complete(inWords(result));
          }
        });
  }

  private static String inWords(PostResult result) {
    return switch (result) {
      case PostResult.Ended ended when ended.run().error() == null -> ended.run().text();
      case PostResult.Ended ended -> "(an error) " + ended.run().error();
      case PostResult.Rejected rejected ->
          "(status " + rejected.status() + " " + rejected.code() + ")";
      case PostResult.Failed failed -> NOTHING;
    };
  }

  /** Says each, one after the other. */
  void sayAll(List<String> all, String when) throws InterruptedException {
    for (String words : all) {
      keep(words, when, say(words));
    }
  }

  /** Waits for an answer and keeps it. */
  void keep(String words, String when, CompletableFuture<String> answer)
      throws InterruptedException {
    try {
      Heard heard = new Heard(when, answer.get());
      answers.computeIfAbsent(words, none -> new ArrayList<>()).add(heard);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer is always told", e);
    }
  }

  /** Whether any message was answered so far. */
  boolean wasAnswered() {
    return answers.values().stream()
        .flatMap(List::stream)
        .anyMatch(heard -> !heard.answer().equals(NOTHING));
  }

  /** The first words that were answered in two ways; empty if none were. */
  String differing() {
    for (Map.Entry<String, List<Heard>> asked : answers.entrySet()) {
      Heard first = asked.getValue().getFirst();
      for (Heard other : asked.getValue()) {
        if (!other.answer().equals(first.answer())) {
          return String.format(
              Locale.ROOT,
              "over HTTP alone '%s' is answered '%s' %s, and '%s' %s",
              asked.getKey(),
              first.answer(),
              first.when(),
              other.answer(),
              other.when());
        }
      }
    }
    return "";
  }

  /** The first words of which somebody else was given another answer; empty if there are none. */
  String differingFrom(Map<String, String> others) {
    for (Map.Entry<String, List<Heard>> asked : answers.entrySet()) {
      String mine = asked.getValue().getFirst().answer();
      @Nullable String theirs = others.get(asked.getKey());
      if (!mine.equals(theirs)) {
        return String.format(
            Locale.ROOT,
            "'%s' is answered '%s' over HTTP alone, and '%s' otherwise",
            asked.getKey(),
            mine,
            theirs);
      }
    }
    return "";
  }

  /** Gives up what is under way. */
  void leave() {
    left = true;
    http.cancel();
  }
}
