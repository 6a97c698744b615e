package dev.holdfast.protocol.client;

import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;

/** What the client sends: things said, in order and within bounds; pings; acknowledgements. */
final class Speaking {
  /** A character can take up to six bytes in a frame, as an escape. */
  private static final int WORST_BYTES_A_CHARACTER = 6;

  private Speaking() {}

  static void say(ClientDraft d, String id, String content) {
    Body body = Message.said(content);
    if (tooLarge(d, id, body, content.length())) {
      d.output(new ClientOutput.Refuse(id, "too_large"));
    } else {
      enqueue(d, Outbox.Entry.said(id, body));
    }
  }

  /** A request that this client or its server has no word for is dropped. */
  static void cancel(ClientDraft d, String id, String runId) {
    if (!d.config.capabilities().contains(Capability.CANCEL)) {
      return;
    }
    enqueue(d, Outbox.Entry.said(id, new Status.Cancel(runId)));
  }

  private static void enqueue(ClientDraft d, Outbox.Entry entry) {
    boolean direct =
        d.phase instanceof Phase.Open o && d.outbox.waiting().isEmpty() && hasRoom(d, o);
    if (!direct && d.outbox.waiting().size() >= d.config.queueLimit()) {
      d.output(new ClientOutput.Refuse(entry.id(), "queue_full"));
      return;
    }
    d.outbox = d.outbox.waitsFor(entry);
    flush(d);
  }

  private static boolean tooLarge(ClientDraft d, String id, Body body, int length) {
    long limit =
        d.resuming.maxFrameBytes() > 0 ? d.resuming.maxFrameBytes() : d.config.maxFrameBytes();
    if ((long) length * WORST_BYTES_A_CHARACTER + 1_024 <= limit) {
      return false;
    }
    Envelope largest =
        d.envelope()
            .withId(id)
            .withSession(d.sessionId)
            .withSeq(Envelope.MAX_POSITION)
            .withAck(Envelope.MAX_POSITION);
    return Codec.encodeUtf8(new Frame(largest, body)).length > limit;
  }

  /** Writes what waits, oldest first, as far as the bound on what is not acknowledged allows. */
  static void flush(ClientDraft d) {
    switch (d.phase) {
      case Phase.Open open -> {
        while (open.accepting() && !d.outbox.waiting().isEmpty() && hasRoom(d, open)) {
          if (isForeign(open, d.outbox.waiting().get(0))) {
            d.outbox = d.outbox.withoutFirstWaiting();
          } else {
            writeNext(d, open);
          }
        }
      }
      case Phase.OnHttp http -> Posting.next(d);
      default -> {}
    }
  }

  private static boolean hasRoom(ClientDraft d, Phase.Open open) {
    long pending = open.resumes() ? d.outbox.unacked() : d.outbox.unansweredOn(open.connection());
    return pending < d.config.unackedLimit();
  }

  private static boolean isForeign(Phase.Open open, Outbox.Entry entry) {
    return entry.body() instanceof Status.Cancel && !open.has(Capability.CANCEL);
  }

  private static void writeNext(ClientDraft d, Phase.Open open) {
    Outbox.Entry entry = d.outbox.waiting().get(0);
    Outbox.Entry written = asWritten(d, open, entry, open.resumes() ? nextPosition(d) : 0);
    d.outbox = d.outbox.wrote(written);
    d.send(open, frame(written));
  }

  private static long nextPosition(ClientDraft d) {
    d.resuming = d.resuming.said(d.resuming.lastSeq() + 1);
    return d.resuming.lastSeq();
  }

  /**
   * Sends again what the server does not hold: the same id, position and timestamp. In profile core
   * that is only what the server refused for a drain or what was on its way over HTTP.
   */
  static void resend(ClientDraft d, Phase.Open open) {
    for (int i = 0; i < d.outbox.written().size(); i++) {
      Outbox.Entry entry = d.outbox.written().get(i);
      boolean again = open.resumes() ? !entry.acked() : entry.connection() == Outbox.UNWRITTEN;
      if (again) {
        long seq = open.resumes() && entry.seq() == 0 ? nextPosition(d) : entry.seq();
        Outbox.Entry resent = asWritten(d, open, entry, seq);
        d.outbox = d.outbox.replace(i, resent);
        d.send(open, frame(resent));
      }
    }
  }

  private static Outbox.Entry asWritten(
      ClientDraft d, Phase.Open open, Outbox.Entry entry, long seq) {
    return entry.writtenOn(
        open.connection(), d.timestamp(), seq, d.now.in(d.config.answerTimeoutMs()));
  }

  private static Frame frame(Outbox.Entry entry) {
    Envelope envelope = Envelope.EMPTY.withId(entry.id());
    if (entry.timestamp() != null) {
      envelope = Envelope.at(entry.timestamp()).withId(entry.id());
    }
    return new Frame(entry.seq() == 0 ? envelope : envelope.withSeq(entry.seq()), entry.body());
  }

  /** The server holds what lies up to this position: there may be room for what waits. */
  static void acknowledged(ClientDraft d, Phase.Open open, long position) {
    if (open.resumes() && position > 0) {
      if (Settling.acked(d, position)) {
        Listening.progressed(d);
      }
      flush(d);
    }
  }

  static void ping(ClientDraft d) {
    if (d.phase instanceof Phase.Open open) {
      Heartbeat pinged = open.heartbeat().pinged(d.now);
      Phase.Open beating = open.with(pinged);
      d.phase = beating;
      d.send(beating, new Frame(d.envelope().withId(pinged.pingId()), new Body.Ping()));
    }
  }

  static void ack(ClientDraft d) {
    if (d.phase instanceof Phase.Open open) {
      d.send(open, new Status.Ack(d.outbox.waiting().size(), false));
    }
  }
}
