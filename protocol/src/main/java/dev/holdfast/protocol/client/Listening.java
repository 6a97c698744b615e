package dev.holdfast.protocol.client;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.Status;

/** What a frame from the server leads to. */
final class Listening {
  private Listening() {}

  static void received(ClientDraft d, ClientInput.Received r) {
    switch (d.phase) {
      case Phase.Greeting g when g.connection() == r.connection() -> {
        if (r.decoded() instanceof Decoded.Ok ok) {
          greeted(d, g, ok.frame());
        }
      }
      case Phase.Open o when o.connection() == r.connection() -> {
        d.phase = o.with(o.heartbeat().heard());
        if (r.decoded() instanceof Decoded.Ok ok) {
          inPosition(d, ok.frame());
        }
      }
      default -> {}
    }
  }

  private static void greeted(ClientDraft d, Phase.Greeting g, Frame frame) {
    if (!(frame.body() instanceof Status.Connected c)) {
      return;
    }
    if (c.sessionId() != null && d.sessionId == null) {
      d.sessionId = c.sessionId();
    }
    Resumption r = c.resumption();
    if (g.profile() == Profile.RESUME && r == null) {
      Dialing.leave(d, g.connection(), CloseCode.PROTOCOL_VIOLATION, "the hello was not answered");
      return;
    }
    Phase.Open open = open(d, g, c);
    d.phase = open;
    d.report(LinkState.CONNECTED, 0, "");
    if (r == null) {
      Settling.connectionChanged(d);
    } else {
      Settling.admitted(d, open, r);
    }
    Speaking.flush(d);
  }

  private static Phase.Open open(ClientDraft d, Phase.Greeting g, Status.Connected c) {
    Resumption r = c.resumption();
    boolean obey = !d.config.heartbeatFixed();
    long interval = d.config.heartbeatIntervalMs();
    long timeout = d.config.pongTimeoutMs();
    if (obey && c.heartbeatIntervalMs() > 0) {
      interval = c.heartbeatIntervalMs();
    }
    if (obey && r != null && r.limits().pongTimeoutMs() > 0) {
      timeout = r.limits().pongTimeoutMs();
    }
    return new Phase.Open(
        g.connection(),
        g.profile(),
        Heartbeat.start(interval, timeout, d.now),
        d.now.in(d.config.stableMs()),
        0,
        Heartbeat.NEVER,
        r != null && r.outcome() == Resumption.Outcome.RESET,
        false);
  }

  /** Positions decide whether a frame is new, old or too early; most frames have none. */
  private static void inPosition(ClientDraft d, Frame frame) {
    if (!(d.phase instanceof Phase.Open open)) {
      return;
    }
    if (open.snapshotDue() && !(frame.body() instanceof Status.Snapshot)) {
      Dialing.leave(
          d, open.connection(), CloseCode.PROTOCOL_VIOLATION, "a reset must go on with a snapshot");
      return;
    }
    Speaking.acknowledged(d, open, frame.envelope().ack());
    long seq = frame.envelope().seq();
    if (!open.resumes() || seq <= 0) {
      heard(d, open, frame);
    } else if (seq <= d.resuming.received()) {
      owesAck(d);
    } else if (seq == d.resuming.received() + 1) {
      d.resuming = d.resuming.received(seq);
      owesAck(d);
      progressed(d);
      heard(d, open, frame);
    } else {
      gap(d, open);
    }
  }

  private static void gap(ClientDraft d, Phase.Open open) {
    long missing = d.resuming.received() + 1;
    boolean again = d.resuming.gapAt() == missing;
    d.resuming = d.resuming.gapAt(missing);
    int code = again ? CloseCode.PROTOCOL_VIOLATION : CloseCode.GAP;
    Dialing.leave(d, open.connection(), code, "position " + missing + " is missing");
  }

  private static void owesAck(ClientDraft d) {
    if (!(d.phase instanceof Phase.Open open)) {
      return;
    }
    int frames = open.unackedFrames() + 1;
    long by = Math.min(open.ackBy(), d.now.in(ClientConfig.ACK_DELAY_MS));
    d.phase = open.owing(frames, by);
    if (frames >= ClientConfig.ACK_FRAMES) {
      Speaking.ack(d);
    }
  }

  private static void heard(ClientDraft d, Phase.Open open, Frame frame) {
    switch (frame.body()) {
      case Body.Ping p ->
          d.send(open, new Frame(d.envelope().withReplyTo(frame.envelope().id()), new Body.Pong()));
      case Body.Pong p -> pong(d, open.heartbeat(), frame);
      case Status.Snapshot s -> snapshot(d, frame, s);
      case Status.Drain drain -> drained(d);
      case Status.Ack ack when ack.duplicate() -> Settling.duplicate(d, frame);
      case Status.Ack ack -> {}
      case Status.CaughtUp c -> {}
      case Status.Connected c -> {}
      default -> toApplication(d, open, frame);
    }
  }

  private static void toApplication(ClientDraft d, Phase.Open open, Frame frame) {
    if (!open.resumes()) {
      progressed(d);
    }
    if (Settling.isNews(d, frame)) {
      d.output(new ClientOutput.Deliver(frame));
      Settling.observe(d, frame);
      Speaking.flush(d);
    }
  }

  private static void pong(ClientDraft d, Heartbeat heartbeat, Frame pong) {
    String answered = pong.envelope().replyTo();
    boolean answersLast = answered == null || answered.equals(heartbeat.pingId());
    if (answersLast && heartbeat.pings() > 0) {
      d.output(new ClientOutput.Latency(d.now.monotonicNanos() - heartbeat.pingedAt()));
    }
  }

  private static void snapshot(ClientDraft d, Frame frame, Status.Snapshot snapshot) {
    if (d.phase instanceof Phase.Open open && open.snapshotDue()) {
      Phase.Open settled = open.afterSnapshot();
      d.phase = settled;
      d.output(new ClientOutput.Deliver(frame));
      Settling.restored(d, snapshot);
      Speaking.resend(d, settled);
      Speaking.flush(d);
    }
  }

  private static void drained(ClientDraft d) {
    if (d.phase instanceof Phase.Open open) {
      d.phase = open.drained();
    }
  }

  /** The connection has proved itself: the next loss counts from one again. */
  static void progressed(ClientDraft d) {
    d.attempt = 0;
    if (d.phase instanceof Phase.Open open) {
      d.phase = open.stable();
    }
  }
}
