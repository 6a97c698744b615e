package dev.holdfast.protocol.client;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import org.jspecify.annotations.Nullable;

/** Getting connected and staying so: attempts, delays, and when to give up. */
final class Dialing {
  private Dialing() {}

  static void wanted(ClientDraft d) {
    if (d.phase instanceof Phase.Idle) {
      d.attempt = 0;
      d.report(LinkState.CONNECTING, 0, "asked to connect");
      dial(d);
    }
  }

  /** Always works: whatever is under way is given up and the count starts over. */
  static void retried(ClientDraft d, String freshClientId) {
    switch (d.phase) {
      case Phase.Open o -> {
        return;
      }
      case Phase.Dialing p -> abandon(d, p.connection());
      case Phase.Greeting p -> abandon(d, p.connection());
      case Phase.OnHttp p -> d.outbox = d.outbox.rewritten();
      default -> {}
    }
    if (d.phase instanceof Phase.Idle idle && idle.superseded()) {
      Settling.newClientId(d, freshClientId);
    }
    d.phase = new Phase.Idle(false);
    wanted(d);
  }

  static void unwanted(ClientDraft d) {
    int open =
        switch (d.phase) {
          case Phase.Dialing p -> p.connection();
          case Phase.Greeting p -> p.connection();
          case Phase.Open p -> p.connection();
          default -> 0;
        };
    if (open != 0) {
      abandon(d, open);
    }
    d.phase = new Phase.Idle(d.phase instanceof Phase.Idle idle && idle.superseded());
    d.report(LinkState.DISCONNECTED, 0, "asked to disconnect");
  }

  private static void abandon(ClientDraft d, int connection) {
    d.output(new ClientOutput.Close(connection, CloseCode.NORMAL, "client is leaving"));
  }

  static void dial(ClientDraft d) {
    d.connection++;
    boolean offer = d.config.offers() == Profile.RESUME && !d.withoutResume;
    d.phase = new Phase.Dialing(d.connection, offer, d.now.in(d.config.connectTimeoutMs()));
    d.output(new ClientOutput.Open(d.connection, offer, d.sessionId));
  }

  static void opened(ClientDraft d, ClientInput.Opened o) {
    if (!(d.phase instanceof Phase.Dialing p) || p.connection() != o.connection()) {
      return;
    }
    Profile profile = o.subprotocolAccepted() ? Profile.RESUME : Profile.CORE;
    long deadline = d.now.in(d.config.greetingTimeoutMs());
    d.phase = new Phase.Greeting(o.connection(), profile, deadline);
    if (profile == Profile.RESUME) {
      d.resuming = d.resuming.nextHello();
      d.output(new ClientOutput.Send(o.connection(), hello(d)));
    }
  }

  private static Frame hello(ClientDraft d) {
    Resuming r = d.resuming;
    var hello =
        new Status.Hello(
            r.clientId(),
            r.attempt(),
            r.token(),
            r.epoch(),
            r.received(),
            d.outbox.waiting().size(),
            d.config.capabilities());
    return new Frame(d.envelope(), hello);
  }

  static void refused(ClientDraft d, ClientInput.Refused r) {
    if (!(d.phase instanceof Phase.Dialing p) || p.connection() != r.connection()) {
      return;
    }
    boolean noValidAnswer = r.status() == ClientInput.Refused.NO_ANSWER;
    d.withoutResume = noValidAnswer && p.offered() && d.resuming.token() == null;
    boolean stop = r.status() == 400 || r.status() == 401 || r.status() == 403;
    if (d.config.asksTransport()) {
      ask(d, r.retryAfterMs(), stop);
    } else if (stop) {
      stop(d, 0, "the handshake was refused with " + r.status());
    } else {
      again(d, r.retryAfterMs(), "the handshake failed");
    }
  }

  static void closed(ClientDraft d, ClientInput.Closed c) {
    boolean current =
        switch (d.phase) {
          case Phase.Dialing p -> p.connection() == c.connection();
          case Phase.Greeting p -> p.connection() == c.connection();
          case Phase.Open p -> p.connection() == c.connection();
          default -> false;
        };
    if (current) {
      d.outbox = d.outbox.withUnwritten(c.unwritten());
      after(d, c.code(), c.reason());
    }
  }

  /** The client itself gives a connection up. */
  static void leave(ClientDraft d, int connection, int code, String reason) {
    d.output(new ClientOutput.Close(connection, code, reason));
    after(d, code, reason);
  }

  private static void after(ClientDraft d, int code, String reason) {
    if (CloseCode.dropsToken(code)) {
      d.resuming = d.resuming.withoutToken();
    }
    long floorMs = d.phase instanceof Phase.Open open ? open.retryAfterMs() : 0;
    if (CloseCode.stops(code)) {
      stop(d, code, "closed with " + code + (reason.isEmpty() ? "" : ": " + reason));
    } else if (code == CloseCode.DRAIN && d.config.asksTransport()) {
      ask(d, floorMs, false);
    } else {
      again(d, floorMs, "closed with " + code);
    }
  }

  private static void stop(ClientDraft d, int code, String reason) {
    d.phase = new Phase.Idle(code == CloseCode.SUPERSEDED);
    d.report(LinkState.DISCONNECTED, 0, reason);
  }

  private static void ask(ClientDraft d, long floorMs, boolean stopAfter) {
    long deadline = d.now.in(ClientConfig.TRANSPORT_TIMEOUT_MS);
    d.phase = new Phase.Asking(deadline, floorMs, stopAfter);
    d.report(LinkState.RECONNECTING, 0, "asking which transport to use");
    d.output(new ClientOutput.AskTransport());
  }

  static void transportSaid(ClientDraft d, @Nullable Boolean websocket) {
    switch (d.phase) {
      case Phase.Asking asking when Boolean.FALSE.equals(websocket) -> Posting.start(d);
      case Phase.Asking asking when asking.stopAfter() -> stop(d, 0, "the handshake was refused");
      case Phase.Asking asking -> again(d, asking.floorMs(), "the connection was lost");
      case Phase.OnHttp http when websocket != null -> Posting.regain(d, http, websocket);
      default -> {}
    }
  }

  /** Schedules the next attempt, or gives up after the last. */
  private static void again(ClientDraft d, long floorMs, String reason) {
    d.attempt++;
    if (d.config.backoff().exhausted(d.attempt)) {
      stop(d, 0, "gave up after " + (d.attempt - 1) + " attempts: " + reason);
      return;
    }
    long delayMs = d.config.backoff().delayMs(d.attempt, floorMs, d.now);
    d.phase = new Phase.Waiting(d.now.in(delayMs));
    d.report(LinkState.RECONNECTING, delayMs, reason);
  }
}
