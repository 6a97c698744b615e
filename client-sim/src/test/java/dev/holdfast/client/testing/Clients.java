package dev.holdfast.client.testing;

import dev.holdfast.client.ClientListener;
import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Configurations that reconnect soon and otherwise wait long, and a listener that remembers. What
 * makes a client give up is so far away that a busy machine does not come there by itself.
 */
public final class Clients {
  /** Longer than any test waits. */
  public static final long FOREVER_MS = 600_000;

  /** After 20, 40, 80, 80, … ms, as often as a test may take. */
  private static final Backoff SOON = new Backoff(20, 80, 5, 100_000);

  private Clients() {}

  /** Profile core, reconnecting after 20, 40, 80, 80, … ms. */
  public static ClientConfig core() {
    return config(Profile.CORE, SOON, FOREVER_MS, FOREVER_MS);
  }

  /** The same, but handshake and greeting are waited for no longer than this. */
  public static ClientConfig waitingFor(long handshakeMs) {
    return config(Profile.CORE, SOON, FOREVER_MS, handshakeMs);
  }

  public static ClientConfig resume() {
    return config(Profile.RESUME, SOON, FOREVER_MS, FOREVER_MS);
  }

  /** Profile core, pinging this often and waiting this long for the pong. */
  public static ClientConfig heartbeating(long intervalMs, long timeoutMs) {
    return config(Profile.CORE, SOON, intervalMs, timeoutMs, FOREVER_MS);
  }

  public static ClientConfig retrying(Backoff backoff) {
    return config(Profile.CORE, backoff, FOREVER_MS, FOREVER_MS);
  }

  private static ClientConfig config(
      Profile offers, Backoff backoff, long heartbeatMs, long handshakeMs) {
    return config(offers, backoff, heartbeatMs, FOREVER_MS, handshakeMs);
  }

  private static ClientConfig config(
      Profile offers, Backoff backoff, long heartbeatMs, long pongTimeoutMs, long handshakeMs) {
    return new ClientConfig(
        offers,
        backoff,
        heartbeatMs,
        pongTimeoutMs,
        true,
        handshakeMs,
        handshakeMs,
        FOREVER_MS,
        100,
        100,
        60_000,
        1 << 20,
        false,
        200,
        List.of());
  }

  /** Remembers what it was told. */
  public static final class Heard implements ClientListener {
    public final List<String> states = new CopyOnWriteArrayList<>();
    public final List<Long> delays = new CopyOnWriteArrayList<>();
    public final List<Frame> delivered = new CopyOnWriteArrayList<>();
    public final List<String> refused = new CopyOnWriteArrayList<>();
    public final List<String> settled = new CopyOnWriteArrayList<>();
    public final List<Long> latencies = new CopyOnWriteArrayList<>();
    public final List<Seen> frames = new CopyOnWriteArrayList<>();
    public final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @Override
    public void onFrame(Seen seen) {
      frames.add(seen);
    }

    @Override
    public void onState(LinkState state, int attempt, long delayMs, String reason) {
      states.add(state.word());
      if (state == LinkState.RECONNECTING) {
        delays.add(delayMs);
      }
    }

    @Override
    public void onDeliver(Frame frame) {
      delivered.add(frame);
    }

    @Override
    public void onRefused(String id, String code) {
      refused.add(id + " " + code);
    }

    @Override
    public void onSettled(String id, Outcome outcome, @Nullable String code) {
      settled.add(id + " " + outcome + (code == null ? "" : " " + code));
    }

    @Override
    public void onLatency(long nanos) {
      latencies.add(nanos);
    }

    @Override
    public void onFailure(Throwable failure) {
      failures.add(failure);
    }
  }
}
