package dev.holdfast.load;

import dev.holdfast.client.ClientListener.Seen;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.report.result.Percentiles;
import java.util.concurrent.CompletableFuture;

/** One message under way. */
final class Exchange {
  final long dueNanos;
  final long saidNanos = System.nanoTime();

  /** Whether the network goes while it is under way; then only its end is timed, and apart. */
  final boolean dropped;

  /** Done when it is known what came of the message. */
  final CompletableFuture<Fate> over = new CompletableFuture<>();

  private volatile boolean firstSeen;

  /** Touched by the client's thread alone, like the next. */
  private boolean statusSeen;

  private boolean tokenSeen;

  /**
   * @param dueNanos when the message should be said; its times start here
   */
  Exchange(long dueNanos, boolean dropped) {
    this.dueNanos = dueNanos;
    this.dropped = dropped;
  }

  /** Times what arrives while the message is under way. */
  void arrived(Seen seen, Meter meter, RequestLog log) {
    Frame frame = seen.frame();
    if (dropped || frame == null || !belongsToRun(frame)) {
      return;
    }
    long took = seen.nanos() - dueNanos;
    if (!firstSeen) {
      firstSeen = true;
      meter.timed(Percentiles.FIRST_FRAME, took);
      log.ok(Conversation.FIRST_FRAME, took);
    }
    if (!statusSeen && frame.body() instanceof Status) {
      statusSeen = true;
      meter.timed(Percentiles.FIRST_STATUS, took);
    }
    if (!tokenSeen && frame.body() instanceof Message m && m.delta() != null) {
      tokenSeen = true;
      meter.timed(Percentiles.FIRST_TOKEN, took);
      log.ok(Conversation.FIRST_TOKEN, took);
    }
  }

  /**
   * Nothing came for so long. A time that is not over yet counts as what it is already: left out,
   * the slowest of all would make every percentile look better.
   */
  void unanswered(Meter meter, RequestLog log, String why) {
    long took = System.nanoTime() - dueNanos;
    if (dropped) {
      meter.timed(Percentiles.ANSWER_AFTER_DROP, took);
      log.failed(Conversation.AFTER_DROP, took, why);
      return;
    }
    if (!firstSeen) {
      meter.timed(Percentiles.FIRST_FRAME, took);
      log.failed(Conversation.FIRST_FRAME, took, why);
    }
    meter.timed(Percentiles.ANSWER, took);
    meter.timed(Percentiles.ANSWER_UNCORRECTED, System.nanoTime() - saidNanos);
    log.failed(Conversation.ANSWER, took, why);
  }

  /** What is about the connection, or about positions, is no part of an answer. */
  private static boolean belongsToRun(Frame frame) {
    return switch (frame.type()) {
      case PING, PONG -> false;
      case STATUS -> frame.body() instanceof Status.Processing;
      case MESSAGE -> frame.body() instanceof Message m && !"user".equals(m.role());
      case TOOL_EXECUTION, ERROR -> true;
    };
  }

  /** What came of a message. */
  sealed interface Fate {
    /** Its answer arrived then. */
    record Answered(long atNanos) implements Fate {}

    /** It ended in an error, was refused, or may have been lost with its connection. */
    record NotAnswered(String why) implements Fate {}

    /** Nothing was heard of it for so long. */
    record Silent(long ms) implements Fate {}
  }
}
