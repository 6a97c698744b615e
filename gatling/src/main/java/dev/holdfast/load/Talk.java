package dev.holdfast.load;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One person's conversation under load, from connecting to leaving, with everything timed.
 *
 * <p>No step blocks but {@link #leave}; one message is under way at a time.
 */
interface Talk {

  /** Done when greeted, given up, or out of time. */
  CompletableFuture<Boolean> connect();

  /** Done when the message ended, or nothing was heard of it in time. */
  CompletableFuture<?> say(String text, long dueNanos);

  /** As {@link #say}, and the network goes for a while as soon as the message was said. */
  CompletableFuture<?> sayAndDrop(String text, long dueNanos, long afterMs, long forMs);

  /** The network goes without a word. */
  void offline();

  /** The network is back; done when connected again, or out of time. */
  CompletableFuture<Boolean> online();

  /** Whether it makes sense to say more. */
  boolean canGoOn();

  boolean everConnected();

  /** Under which rules it is judged. */
  Profile profile();

  /** What broke our own client, if anything did. */
  @Nullable Throwable fault();

  /** Ends the conversation and tells what was seen of it before; takes up to two seconds. */
  List<HistoryRecord> leave();
}
