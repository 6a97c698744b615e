package dev.holdfast.load;

import java.util.concurrent.CompletableFuture;

/** One message under way. */
final class Exchange {
  final long dueNanos;

  /** Done when it is known what came of the message. */
  final CompletableFuture<Fate> over = new CompletableFuture<>();

  /** Touched by the client's thread alone. */
  boolean firstSeen;

  /**
   * @param dueNanos when the message should be said; all its times start here
   */
  Exchange(long dueNanos) {
    this.dueNanos = dueNanos;
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
