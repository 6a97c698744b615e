package dev.holdfast.protocol.client;

import dev.holdfast.protocol.client.ClientInput.PostResult;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Message;
import org.jspecify.annotations.Nullable;

/** On HTTP: everything kept is posted, one at a time, in order, with its id. */
final class Posting {
  private Posting() {}

  static void start(ClientDraft d) {
    d.phase = new Phase.OnHttp(null, 0, Heartbeat.NEVER, d.now.in(d.config.recheckMs()));
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
    if (entry == null) {
      return;
    }
    d.phase = new Phase.OnHttp(entry.id(), http.attempt(), Heartbeat.NEVER, http.recheckAt());
    String content = ((Message) entry.body()).content();
    d.output(new ClientOutput.Post(entry.id(), content == null ? "" : content, d.resuming.token()));
  }

  /** The oldest message; cancels have no place on HTTP and are dropped. */
  private static Outbox.@Nullable Entry oldest(ClientDraft d) {
    while (true) {
      boolean fromWritten = !d.outbox.written().isEmpty();
      if (!fromWritten && d.outbox.waiting().isEmpty()) {
        return null;
      }
      Outbox.Entry entry = (fromWritten ? d.outbox.written() : d.outbox.waiting()).get(0);
      if (entry.body() instanceof Message) {
        return entry;
      }
      remove(d, entry);
    }
  }

  private static void remove(ClientDraft d, Outbox.Entry entry) {
    d.outbox = new Outbox(d.outbox.written().minus(entry), d.outbox.waiting().minus(entry));
  }

  static void posted(ClientDraft d, ClientInput.Posted p) {
    if (!(d.phase instanceof Phase.OnHttp http) || !p.id().equals(http.posting())) {
      return;
    }
    switch (p.result()) {
      case PostResult.Ended ended -> {
        Settling.remember(d, ended.run().runId());
        Failure error = ended.run().error();
        over(
            d,
            http,
            p.id(),
            error == null ? Outcome.ANSWERED : Outcome.FAILED,
            error == null ? null : error.code());
      }
      case PostResult.Rejected r -> over(d, http, p.id(), Outcome.FAILED, r.code());
      case PostResult.Failed f -> failed(d, http, p.id(), f.retryAfterMs());
    }
  }

  private static void over(
      ClientDraft d, Phase.OnHttp http, String id, Outcome outcome, @Nullable String code) {
    Outbox.Entry entry = oldest(d);
    if (entry != null && entry.id().equals(id)) {
      remove(d, entry);
      d.output(new ClientOutput.Settled(id, outcome, code));
    }
    d.phase = new Phase.OnHttp(null, 0, Heartbeat.NEVER, http.recheckAt());
    next(d);
  }

  private static void failed(ClientDraft d, Phase.OnHttp http, String id, long floorMs) {
    int attempt = http.attempt() + 1;
    if (d.config.backoff().exhausted(attempt)) {
      over(d, http, id, Outcome.INDETERMINATE, "http_unreachable");
      return;
    }
    long delayMs = d.config.backoff().delayMs(attempt, floorMs, d.now);
    d.phase = new Phase.OnHttp(null, attempt, d.now.in(delayMs), http.recheckAt());
  }

  static void woken(ClientDraft d, Phase.OnHttp http) {
    if (d.now.reached(http.recheckAt())) {
      d.phase =
          new Phase.OnHttp(
              http.posting(), http.attempt(), http.nextAt(), d.now.in(d.config.recheckMs()));
      d.output(new ClientOutput.AskTransport());
    }
    if (d.phase instanceof Phase.OnHttp current && d.now.reached(current.nextAt())) {
      d.phase =
          new Phase.OnHttp(
              current.posting(), current.attempt(), Heartbeat.NEVER, current.recheckAt());
      next(d);
    }
  }

  /** WebSocket is back; a POST under way is waited for, so that nothing overtakes it. */
  static void regain(ClientDraft d, Phase.OnHttp http) {
    if (http.posting() == null) {
      d.attempt = 0;
      d.report(LinkState.CONNECTING, 0, "WebSocket is back");
      Dialing.dial(d);
    }
  }
}
