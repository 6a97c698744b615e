package dev.holdfast.server.websocket;

import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.server.session.Link;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The sending half of a WebSocket. */
final class SocketLink implements Link {
  private static final int READ_PAUSE_AT = 64;
  private static final int READ_RESUME_AT = 16;
  private static final int MAX_REASON_BYTES = 123;

  private final String id;
  private final Channel channel;
  private final Outbound outbound;
  private final Runnable overflowed;
  private final long closeDeadlineMs;
  private final AtomicInteger unprocessed = new AtomicInteger();
  private final AtomicBoolean closing = new AtomicBoolean();

  SocketLink(
      String id, Channel channel, Outbound outbound, long closeDeadlineMs, Runnable overflowed) {
    this.id = id;
    this.channel = channel;
    this.outbound = outbound;
    this.closeDeadlineMs = closeDeadlineMs;
    this.overflowed = overflowed;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void send(Frame frame) {
    if (!outbound.offer(Codec.encodeUtf8(frame))) {
      overflowed.run();
    }
  }

  @Override
  public void close(int code, String reason) {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    outbound.offerLast(new CloseWebSocketFrame(code, shortened(reason)));
    channel.config().setAutoRead(true);
    closeSoon();
  }

  /** Answers a peer's own close. */
  void echo(CloseWebSocketFrame theirs) {
    if (!closing.compareAndSet(false, true)) {
      drop();
      return;
    }
    int code = theirs.statusCode();
    outbound.offerLast(code < 0 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(code, ""));
    channel.eventLoop().execute(this::drop);
  }

  /** A peer that does not read never lets a polite close complete. */
  private void closeSoon() {
    ScheduledFuture<?> deadline =
        channel.eventLoop().schedule(this::drop, closeDeadlineMs, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(f -> deadline.cancel(false));
  }

  /** Ends the connection without further words. */
  void drop() {
    var unused = channel.close();
  }

  /** Writes what the transport itself asks for, at once. */
  void answer(WebSocketFrame frame) {
    var unused = channel.writeAndFlush(frame);
  }

  /** Whether texts of the peer are no longer of interest. */
  boolean closing() {
    return closing.get();
  }

  /** A text is handed to the session; a session that lags stops this socket from being read. */
  void handedOver() {
    if (unprocessed.incrementAndGet() == READ_PAUSE_AT) {
      channel.config().setAutoRead(false);
      if (unprocessed.get() <= READ_RESUME_AT) {
        channel.config().setAutoRead(true);
      }
    }
  }

  @Override
  public void dealtWith() {
    if (unprocessed.decrementAndGet() == READ_RESUME_AT) {
      channel.config().setAutoRead(true);
    }
  }

  /** A close frame has room for 123 bytes of reason. */
  private static String shortened(String reason) {
    String text = reason;
    while (text.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
      text = text.substring(0, text.length() - 1);
    }
    return text;
  }
}
