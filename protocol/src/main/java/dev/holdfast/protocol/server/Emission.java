package dev.holdfast.protocol.server;

import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;

/** Where a session's frames go: positions, connections, retention. */
final class Emission {
  private Emission() {}

  /** Whether a run's frames go to no socket: it came by POST, to a session without token. */
  static boolean isForHttpAlone(Draft d, Run run) {
    return d.access == null && run.overHttp();
  }

  /** A frame of a run goes to everybody, and is kept for whoever may come back. */
  static void ofRun(Draft d, Run run, Body body) {
    if (isForHttpAlone(d, run)) {
      return;
    }
    Frame frame = new Frame(envelope(d, run), body);
    if (body instanceof Message m && m.stream() != null) {
      piece(d, run, frame);
    } else {
      positioned(d, frame);
    }
  }

  /** What every frame of a run carries: nobody sent what a pushed one would answer. */
  static Envelope envelope(Draft d, Run run) {
    Envelope envelope = d.envelope().withRun(run.id());
    if (run.pushed()) {
      return envelope.withOrigin(Envelope.PUSH);
    }
    return envelope.withReplyTo(run.clientNamed() ? run.messageId() : null);
  }

  /** Whether a connection wants a run's text piece by piece. */
  static boolean streams(Connection c, Run run) {
    return c.has(Capability.TOKENS) && (!run.pushed() || c.has(Capability.PUSH));
  }

  /** Streamed pieces have no position: they are not kept, the whole answer is. */
  private static void piece(Draft d, Run run, Frame frame) {
    for (Connection c : d.connections) {
      if (c.greeted() && streams(c, run)) {
        d.send(c, frame);
      }
    }
  }

  /** Gives a frame its position, keeps it, and sends it on every greeted connection. */
  static void positioned(Draft d, Frame frame) {
    Frame out = frame;
    if (d.access != null) {
      d.topSeq++;
      out = frame.with(frame.envelope().withSeq(d.topSeq));
    }
    if (d.access != null || !d.anybodyThere()) {
      keep(d, out);
    }
    for (Connection c : d.connections) {
      if (c.greeted()) {
        d.send(c, out);
      }
    }
  }

  private static void keep(Draft d, Frame frame) {
    d.retention = d.retention.plus(frame, d.config.replayMaxFrames(), d.config.replayMaxBytes());
  }

  /**
   * What waited while nobody was there, once and in order, after the greeting of profile core; a
   * hole is told before what is left.
   */
  static void retainedTo(Draft d, Connection c) {
    Retention kept = d.retention;
    d.retention = Retention.EMPTY;
    if (kept.overflowed()) {
      d.send(
          c,
          Failure.of(
              ErrorCode.REPLAY_OVERFLOW,
              "More was said while you were away than could be kept; the oldest is gone."));
    }
    for (Frame frame : kept.frames()) {
      d.send(c, frame.with(frame.envelope().asReplay()));
    }
  }

  /** Positions for frames that were kept before the session had any: its first hello counts. */
  static void numberRetained(Draft d) {
    Retention kept = d.retention;
    d.retention = Retention.emptyAbove(0);
    for (Frame frame : kept.frames()) {
      d.topSeq++;
      keep(d, frame.with(frame.envelope().withSeq(d.topSeq)));
    }
  }
}
