package dev.holdfast.protocol.client;

import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import java.nio.charset.StandardCharsets;

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

  static void cancel(ClientDraft d, String id, String runId) {
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
    String text = Codec.encode(new Frame(largest, body));
    return text.getBytes(StandardCharsets.UTF_8).length > limit;
  }

  /** Writes what waits, oldest first, as far as the bound on what is not acknowledged allows. */
  static void flush(ClientDraft d) {
    switch (d.phase) {
      case Phase.Open open -> {
        while (open.accepting() && !d.outbox.waiting().isEmpty() && hasRoom(d, open)) {
          writeNext(d, open);
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

  private static void writeNext(ClientDraft d, Phase.Open open) {
    Outbox.Entry entry = d.outbox.waiting().get(0);
    long seq = 0;
    if (open.resumes()) {
      seq = d.resuming.lastSeq() + 1;
      d.resuming = d.resuming.said(seq);
    }
    Outbox.Entry written = asWritten(d, open, entry, seq);
    boolean isMessage = entry.body() instanceof Message;
    d.outbox = d.outbox.wrote(written);
    if (!isMessage && !open.resumes()) {
      d.outbox = d.outbox.without(written);
    }
    d.send(open, frame(written));
  }

  /** Sends again what the server does not hold: the same id, position and timestamp. */
  static void resend(ClientDraft d, Phase.Open open) {
    for (int i = 0; i < d.outbox.written().size(); i++) {
      Outbox.Entry entry = d.outbox.written().get(i);
      if (!entry.acked()) {
        Outbox.Entry again = asWritten(d, open, entry, entry.seq());
        d.outbox = d.outbox.replace(i, again);
        d.send(open, frame(again));
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
