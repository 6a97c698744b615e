package dev.holdfast.protocol.client;

import dev.holdfast.protocol.client.ClientInput.PostResult;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.SnapshotRun;
import org.jspecify.annotations.Nullable;

/** On HTTP: everything kept is posted, one at a time, in order, with its id. */
final class Posting {
  private Posting() {}

  static void start(ClientDraft d) {
    long recheckAt = d.now.in(d.config.recheckMs());
    d.phase = new Phase.OnHttp(null, 0, Heartbeat.NEVER, recheckAt, false);
    d.report(LinkState.CONNECTED, 0, "over HTTP");
    next(d);
  }

  /** Posts the oldest message unless one is under way or a failed one waits. */
  static void next(ClientDraft d) {
    if (!(d.phase instanceof Phase.OnHttp http)
        || http.posting() != null
        || http.nextAt() != Heartbeat.NEVER) {
      return;
    }
    Outbox.Entry entry = oldest(d);
    if (entry != null && entry.body() instanceof Message m) {
      taken(d, entry);
      d.phase = http.posting(entry.id());
      String content = m.content() == null ? "" : m.content();
      d.output(new ClientOutput.Post(entry.id(), content, d.resuming.token()));
    }
  }

  /** What is posted waits no longer: the server may hold it, and a frame may tell of its end. */
  private static void taken(ClientDraft d, Outbox.Entry entry) {
    if (!d.outbox.waiting().isEmpty() && d.outbox.waiting().get(0).equals(entry)) {
      d.outbox = d.outbox.wrote(entry.unwritten());
    }
  }

  /** The oldest message without an end; cancels have no place on HTTP and do not wait for one. */
  private static Outbox.@Nullable Entry oldest(ClientDraft d) {
    for (Outbox.Entry entry : d.outbox.written()) {
      if (!entry.settled()) {
        return entry;
      }
    }
    while (!d.outbox.waiting().isEmpty()) {
      Outbox.Entry entry = d.outbox.waiting().get(0);
      if (!entry.settled()) {
        return entry;
      }
      d.outbox = d.outbox.withoutFirstWaiting();
    }
    return null;
  }

  static void posted(ClientDraft d, ClientInput.Posted p) {
    if (!(d.phase instanceof Phase.OnHttp http) || !p.id().equals(http.posting())) {
      return;
    }
    switch (p.result()) {
      case PostResult.Ended ended -> ended(d, http, p.id(), ended.run());
      case PostResult.Rejected r -> over(d, http, p.id(), Outcome.FAILED, r.code());
      case PostResult.Failed f -> failed(d, http, p.id(), f.retryAfterMs());
    }
  }

  /** The run's end is shown like one that came by the socket, and like that one only once. */
  private static void ended(ClientDraft d, Phase.OnHttp http, String id, SnapshotRun run) {
    Failure error = run.error();
    Body end = error == null ? Message.answer(run.text(), run.artifacts()) : error;
    Frame frame = new Frame(d.envelope().withReplyTo(id).withRun(run.runId()), end);
    if (Settling.isNews(d, frame)) {
      d.output(new ClientOutput.Deliver(frame));
      Settling.remember(d, run.runId());
    }
    if (error == null) {
      over(d, http, id, Outcome.ANSWERED, null);
    } else {
      Outcome outcome = error.indeterminate() ? Outcome.INDETERMINATE : Outcome.FAILED;
      over(d, http, id, outcome, error.code());
    }
  }

  private static void over(
      ClientDraft d, Phase.OnHttp http, String id, Outcome outcome, @Nullable String code) {
    Outbox.Entry entry = oldest(d);
    if (entry != null && entry.id().equals(id)) {
      Settling.settle(d, entry, outcome, code);
    }
    d.phase = http.idle(0, Heartbeat.NEVER);
    goOn(d);
  }

  private static void failed(ClientDraft d, Phase.OnHttp http, String id, long floorMs) {
    int attempt = http.attempt() + 1;
    if (d.config.backoff().exhausted(attempt)) {
      over(d, http, id, Outcome.INDETERMINATE, "http_unreachable");
      return;
    }
    long delayMs = d.config.backoff().delayMs(attempt, floorMs, d.now);
    d.phase = http.idle(attempt, d.now.in(delayMs));
    goOn(d);
  }

  /** Takes the socket if it is back, else posts what comes next. */
  private static void goOn(ClientDraft d) {
    if (d.phase instanceof Phase.OnHttp http && http.regained()) {
      regain(d, http, true);
    } else {
      next(d);
    }
  }

  static void woken(ClientDraft d, Phase.OnHttp http) {
    Phase.OnHttp current = http;
    if (d.now.reached(current.recheckAt())) {
      current = current.recheckedAt(d.now.in(d.config.recheckMs()));
      d.output(new ClientOutput.AskTransport());
    }
    if (d.now.reached(current.nextAt())) {
      current = current.idle(current.attempt(), Heartbeat.NEVER);
    }
    d.phase = current;
    next(d);
  }

  /** Whether WebSocket is back; a POST under way is waited for, so that nothing overtakes it. */
  static void regain(ClientDraft d, Phase.OnHttp http, boolean websocket) {
    if (!websocket || http.posting() != null) {
      d.phase = http.regained(websocket);
      return;
    }
    d.attempt = 0;
    d.outbox = d.outbox.rewritten();
    d.report(LinkState.CONNECTING, 0, "WebSocket is back");
    Dialing.dial(d);
  }
}
