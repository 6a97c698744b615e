package dev.holdfast.load;

import dev.holdfast.client.Recorder;
import dev.holdfast.client.http.HttpFallback;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientInput.PostResult;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import dev.holdfast.report.result.Percentiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A conversation over HTTP, as it was before WebSockets: each message is a POST that is answered
 * when its run has ended. The control of a load.
 */
final class Polling implements Talk {
  static final String REQUEST = "answer over HTTP";

  private static final HttpClient SHARED =
      Handed.ACCESS
          .http(HttpClient.newBuilder())
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  private final LoadPlan plan;
  private final Meter meter;
  private final RequestLog log;
  private final Journal journal;
  private final Recorder recorder;
  private final HttpFallback http;
  private final String session = UUID.randomUUID().toString();

  private volatile boolean failed;
  private volatile boolean ever;

  Polling(String person, URI base, LoadPlan plan, Meter meter, RequestLog log) {
    this.plan = plan;
    this.meter = meter;
    this.log = log;
    journal = new Journal(Source.CLIENT, person);
    recorder = new Recorder(journal);
    http = new HttpFallback(() -> SHARED, base, person, Handed.ACCESS);
  }

  /** There is nothing to connect. */
  @Override
  public CompletableFuture<Boolean> connect() {
    ever = true;
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public CompletableFuture<?> say(String text, long dueNanos) {
    String id = UUID.randomUUID().toString();
    meter.said();
    note(() -> {
      recorder.says(id, null, text);
      recorder.output(new ClientOutput.Post(id, text, null));
    });
    CompletableFuture<PostResult> answer = new CompletableFuture<>();
    http.post(
        new HttpFallback.Chat(id, text, session, null), plan.answerTimeoutMs(), answer::complete);
    return answer.thenAccept(result -> answered(id, dueNanos, result));
  }

  /** Recorded one at a time, each with its moment. */
  private synchronized void note(Runnable what) {
    recorder.at(new Tick(System.nanoTime(), Instant.now(), 0), session, 0);
    what.run();
  }

  private void answered(String id, long dueNanos, PostResult result) {
    long took = System.nanoTime() - dueNanos;
    note(() -> recorder.input(new ClientInput.Posted(id, result)));
    switch (result) {
      case PostResult.Ended e when e.run().error() == null -> {
        meter.timed(Percentiles.HTTP_ANSWER, took);
        log.ok(REQUEST, took);
        settle(id, Outcome.ANSWERED, null);
      }
      case PostResult.Ended e -> settle(id, Outcome.FAILED, "ended in error");
      case PostResult.Rejected r -> settle(id, Outcome.FAILED, r.code());
      case PostResult.Failed f -> {
        if (took >= plan.answerTimeoutMs() * 1_000_000) {
          meter.timed(Percentiles.HTTP_ANSWER, took);
        }
        settle(id, Outcome.INDETERMINATE, "no answer");
      }
    }
  }

  private void settle(String id, Outcome outcome, @Nullable String code) {
    note(() -> recorder.output(new ClientOutput.Settled(id, outcome, code)));
    meter.endedOverHttp(code);
    if (code != null) {
      failed = true;
      log.failed(REQUEST, 0, code);
    }
  }

  @Override
  public CompletableFuture<?> sayAndDrop(String text, long dueNanos, long afterMs, long forMs) {
    return say(text, dueNanos);
  }

  @Override
  public void offline() {}

  @Override
  public CompletableFuture<Boolean> online() {
    return connect();
  }

  @Override
  public boolean canGoOn() {
    return !failed;
  }

  @Override
  public boolean everConnected() {
    return ever;
  }

  @Override
  public Profile profile() {
    return Profile.CORE;
  }

  @Override
  public @Nullable Throwable fault() {
    return null;
  }

  @Override
  public List<HistoryRecord> leave() {
    http.cancel();
    return journal.records();
  }
}
