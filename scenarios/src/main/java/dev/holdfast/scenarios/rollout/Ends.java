package dev.holdfast.scenarios.rollout;

import dev.holdfast.client.ClientListener;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How one person's messages ended, each by its id: an end that comes when nobody waits for it any
 * more is no other message's. Tells too when the person was first connected.
 */
final class Ends implements ClientListener {
  // The end may come before whoever said the message knows its id.
  private final ConcurrentHashMap<String, CompletableFuture<Boolean>> ends =
      new ConcurrentHashMap<>();

  private final CountDownLatch connected = new CountDownLatch(1);

  @Override
  public void onState(LinkState state, int attempt, long delayMs, String reason) {
    if (state == LinkState.CONNECTED) {
      connected.countDown();
    }
  }

  /**
   * Waits for the first connection; false if there was none in time.
   *
   * @param withinMs in milliseconds, from 0
   */
  boolean connected(long withinMs) throws InterruptedException {
    return connected.await(withinMs, TimeUnit.MILLISECONDS);
  }

  @Override
  public void onSettled(String id, Outcome outcome, @Nullable String code) {
    of(id).complete(outcome == Outcome.ANSWERED);
  }

  /** Waits for a message's end; false if it failed or did not come in time. */
  boolean answered(String id, long withinMs) throws InterruptedException {
    try {
      return of(id).get(withinMs, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }

  private CompletableFuture<Boolean> of(String id) {
    return ends.computeIfAbsent(id, unknown -> new CompletableFuture<>());
  }
}
