package dev.holdfast.protocol.client;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import java.util.HashSet;
import java.util.Set;

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
        switch (r.decoded()) {
          case Decoded.Ok ok -> inPosition(d, ok.frame());
          case Decoded.Violation v -> skipped(d, v.seq());
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
    if (g.profile() == Profile.RESUME && (r == null || contradicts(d.resuming, r))) {
      Dialing.leave(
          d, g.connection(), CloseCode.PROTOCOL_VIOLATION, "this does not answer the hello");
      return;
    }
    Phase.Open open = open(d, g, c);
    d.phase = open;
    d.report(LinkState.CONNECTED, 0, "");
    if (r == null) {
      Settling.connectionChanged(d);
      Speaking.resend(d, open);
    } else {
      Settling.admitted(d, open, r);
    }
    Speaking.flush(d);
  }

  /** Without a reset the epoch stays, and nothing can be held that was never said. */
  private static boolean contradicts(Resuming mine, Resumption r) {
    boolean otherEpoch = mine.epoch() != null && !mine.epoch().equals(r.epoch());
    return r.outcome() != Resumption.Outcome.RESET && (otherEpoch || r.ack() > mine.lastSeq());
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
        r == null ? Set.of() : agreed(d.config, r),
        r != null && r.outcome() == Resumption.Outcome.RESET ? r : null,
        false,
        0);
  }

  private static Set<String> agreed(ClientConfig config, Resumption r) {
    Set<String> agreed = new HashSet<>(r.capabilities());
    agreed.retainAll(config.capabilities());
    return Set.copyOf(agreed);
  }

  /** Positions decide whether a frame is new, old or too early; most frames have none. */
  private static void inPosition(ClientDraft d, Frame frame) {
    if (!(d.phase instanceof Phase.Open open)) {
      return;
    }
    if (open.snapshotDue()) {
      snapshot(d, open, frame);
    } else if (open.resumes() && frame.envelope().ack() > d.resuming.lastSeq()) {
      Dialing.leave(d, open.connection(), CloseCode.PROTOCOL_VIOLATION, "ack beyond what was sent");
    } else {
      Speaking.acknowledged(d, open, frame.envelope().ack());
      if (isNext(d, open, frame.envelope().seq())) {
        heard(d, open, frame);
        counted(d, frame.envelope().seq());
      }
    }
  }

  /** What cannot be read may still have a position: it counts, or nothing after it ever would. */
  private static void skipped(ClientDraft d, long seq) {
    if (d.phase instanceof Phase.Open open && !open.snapshotDue() && isNext(d, open, seq)) {
      counted(d, seq);
    }
  }

  private static boolean isNext(ClientDraft d, Phase.Open open, long seq) {
    if (!open.resumes() || seq <= 0 || seq == d.resuming.received() + 1) {
      return true;
    }
    if (seq <= d.resuming.received()) {
      owesAck(d);
    } else {
      gap(d, open);
    }
    return false;
  }

  /** It was handed to the application: now it may be acknowledged. */
  private static void counted(ClientDraft d, long seq) {
    if (seq > 0 && d.phase instanceof Phase.Open open && open.resumes()) {
      d.resuming = d.resuming.received(seq);
      progressed(d);
      owesAck(d);
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
    if (!unasked(open, frame)) {
      obey(d, open, frame);
    }
  }

  /** What belongs to a capability that was not agreed on is counted and skipped. */
  private static boolean unasked(Phase.Open open, Frame frame) {
    if (frame.envelope().pushed() && !open.has(Capability.PUSH)) {
      return true;
    }
    return switch (frame.body()) {
      case Message m when m.isEcho() -> !open.has(Capability.SYNC);
      case Message m when m.stream() != null -> !open.has(Capability.TOKENS);
      case Status.Presence p -> !open.has(Capability.PRESENCE);
      default -> false;
    };
  }

  private static void obey(ClientDraft d, Phase.Open open, Frame frame) {
    switch (frame.body()) {
      case Body.Ping p ->
          d.send(open, new Frame(d.envelope().withReplyTo(frame.envelope().id()), new Body.Pong()));
      case Body.Pong p -> pong(d, open.heartbeat(), frame);
      case Status.Drain drain -> drained(d, drain.retryAfterMs());
      case Status.Ack ack when ack.duplicate() -> Settling.duplicate(d, frame);
      case Status.Ack ack -> {}
      case Message m -> toApplication(d, open, frame);
      case ToolExecution t -> toApplication(d, open, frame);
      case Failure f -> toApplication(d, open, frame);
      case Status.Processing p -> toApplication(d, open, frame);
      case Status.Presence p -> toApplication(d, open, frame);
      case Status unexpected -> {}
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

  /** With its snapshot a reset takes effect; one that never came leaves everything as it was. */
  private static void snapshot(ClientDraft d, Phase.Open open, Frame frame) {
    Resumption reset = open.reset();
    if (reset == null || !(frame.body() instanceof Status.Snapshot snapshot)) {
      Dialing.leave(
          d, open.connection(), CloseCode.PROTOCOL_VIOLATION, "a reset must go on with a snapshot");
      return;
    }
    Phase.Open settled = open.afterSnapshot();
    d.phase = settled;
    d.output(new ClientOutput.Deliver(frame));
    Settling.restored(d, snapshot);
    Settling.reset(d, reset);
    Settling.missed(d, snapshot);
    Speaking.resend(d, settled);
    Speaking.flush(d);
    owesAck(d);
  }

  static void drained(ClientDraft d, long retryAfterMs) {
    if (d.phase instanceof Phase.Open open) {
      d.phase = open.drained(retryAfterMs);
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
