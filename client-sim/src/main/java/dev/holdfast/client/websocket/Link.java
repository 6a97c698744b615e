package dev.holdfast.client.websocket;

import dev.holdfast.client.access.Access;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One dialed WebSocket, from the first packet to the last. No call of it blocks. */
public final class Link {
  /** What fits into a close frame. */
  private static final int MAX_REASON_BYTES = 123;

  private final LinkListener listener;
  private final Wire wire;
  private final Access access;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.DIALING);
  private volatile @Nullable Session session;

  private enum Stage {
    DIALING,
    OPEN,
    /** Nothing is reported any more. */
    OVER
  }

  Link(LinkListener listener, Wire wire, Access access) {
    this.listener = listener;
    this.wire = wire;
    this.access = access;
  }

  Access access() {
    return access;
  }

  Wire wire() {
    return wire;
  }

  void opened(Session opened, boolean subprotocolAccepted) {
    session = opened;
    if (stage.compareAndSet(Stage.DIALING, Stage.OPEN)) {
      listener.opened(subprotocolAccepted);
    } else {
      wire.drop();
    }
  }

  void refused(int status, long retryAfterMs) {
    if (stage.compareAndSet(Stage.DIALING, Stage.OVER)) {
      listener.refused(status, retryAfterMs);
    } else {
      ended(1006, ""); // Whatever went wrong, it was open.
    }
    wire.drop();
  }

  void received(String text) {
    if (stage.get() == Stage.OPEN) {
      listener.received(text, System.nanoTime());
    }
  }

  void ended(int code, String reason) {
    if (stage.compareAndSet(Stage.OPEN, Stage.OVER)) {
      listener.closed(code, reason);
    }
  }

  /** Whether the text was taken; it leaves in order, or the connection ends. */
  public boolean send(String text) {
    return send(text, () -> {});
  }

  /**
   * Whether the text was taken; it leaves in order, or the connection ends.
   *
   * @param lost is run when it was taken and could not be written
   */
  public boolean send(String text, Runnable lost) {
    Session open = session;
    if (open == null || stage.get() != Stage.OPEN) {
      return false;
    }
    try {
      open.getAsyncRemote()
          .sendText(
              text,
              result -> {
                if (!result.isOK()) {
                  lost.run();
                }
              });
      return true;
    } catch (RuntimeException e) {
      // Tyrus says so with a plain one when the socket went between our look and the write.
      return false;
    }
  }

  /** Leaves politely, within a deadline; a handshake is abandoned. Nothing more is reported. */
  public void close(int code, String reason) {
    boolean wasOpen = stage.getAndSet(Stage.OVER) == Stage.OPEN;
    Session open = session;
    if (!wasOpen || open == null) {
      wire.drop();
      return;
    }
    try {
      open.close(new CloseReason(CloseCodes.getCloseCode(code), fitting(reason)));
    } catch (IOException | RuntimeException e) {
      wire.drop();
    }
  }

  /** Leaves without a word. Nothing more is reported. */
  public void abandon() {
    stage.set(Stage.OVER);
    wire.drop();
  }

  /** Completes when the socket is closed. */
  public CompletableFuture<@Nullable Void> done() {
    return wire.ended();
  }

  private static String fitting(String reason) {
    String fitting = reason;
    while (fitting.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
      fitting = fitting.substring(0, fitting.length() - 1);
    }
    return fitting;
  }
}
