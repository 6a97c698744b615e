package dev.holdfast.server.websocket;

import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.server.RateLimit;
import dev.holdfast.server.session.Letter;
import dev.holdfast.server.session.Sessions;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The receiving half of a WebSocket: texts become inputs, all other frames are answered here. */
final class SocketHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final Logger LOG = LoggerFactory.getLogger(SocketHandler.class);
  private static final int NO_CODE = 1005;
  private static final int INTERNAL_ERROR = 1011;

  private final Welcome welcome;
  private final Sessions sessions;
  private final SocketServices services;
  private final SocketLink link;
  private final Outbound outbound;
  private final long openedAt = System.nanoTime();
  private final RateLimit rate;
  private boolean endTold;

  SocketHandler(Welcome welcome, SocketServices services, SocketLink link, Outbound outbound) {
    this.welcome = welcome;
    this.services = services;
    this.sessions = services.sessions();
    this.link = link;
    this.outbound = outbound;
    rate = new RateLimit(services.limits().messagesPerSecond());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    services.metrics().connectionOpened();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    switch (frame) {
      case CloseWebSocketFrame close -> peerClosed(close);
      case PingWebSocketFrame ping -> link.answer(new PongWebSocketFrame(ping.content().retain()));
      case TextWebSocketFrame text -> received(text.text());
      case BinaryWebSocketFrame binary ->
          fail(CloseCode.UNSUPPORTED_DATA, "only text frames are understood");
      default -> {}
    }
  }

  private void received(String text) {
    if (link.closing()) {
      return;
    }
    services.metrics().received();
    if (!rate.allows(System.nanoTime())) {
      fail(CloseCode.RATE_LIMITED, "too many messages in a second");
      return;
    }
    var decoded = Codec.decode(text, Codec.Reading.STRICT);
    tellQueue(decoded);
    link.handedOver();
    var input = new ServerInput.Received(link.id(), decoded);
    sessions.postIfThere(welcome.sessionId(), Letter.received(input, link));
  }

  /** Clients say now and then how much waits with them. */
  private void tellQueue(Decoded decoded) {
    if (decoded instanceof Decoded.Ok ok) {
      switch (ok.frame().body()) {
        case Status.Hello hello -> services.metrics().clientQueue(hello.queued());
        case Status.Ack ack -> services.metrics().clientQueue(ack.queued());
        default -> {}
      }
    }
  }

  private void peerClosed(CloseWebSocketFrame close) {
    int code = close.statusCode() < 0 ? NO_CODE : close.statusCode();
    tellEnd(code, close.reasonText());
    link.echo(close);
  }

  /** What the peer sent can never work on this connection. */
  private void fail(int code, String reason) {
    if (!link.closing()) {
      tellEnd(code, reason);
      link.close(code, reason);
    }
  }

  /** The session hears of the end once; news of a connection that it gave up changes nothing. */
  private void tellEnd(int code, String reason) {
    if (!endTold) {
      endTold = true;
      var closed = new ServerInput.Closed(link.id(), code, reason);
      sessions.postIfThere(welcome.sessionId(), Letter.of(closed));
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      outbound.drain();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    tellEnd(CloseCode.ABNORMAL, "");
    outbound.discard();
    services.metrics().connectionClosed(System.nanoTime() - openedAt);
    LOG.debug("event=socket_ended session={} connection={}", welcome.sessionId(), link.id());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case CorruptedWebSocketFrameException e -> fail(e.closeStatus().code(), "malformed frame");
      case TooLongFrameException e -> fail(CloseCode.TOO_BIG, "the message is too long");
      case IOException e -> link.drop();
      case PrematureChannelClosureException e -> link.drop();
      default -> {
        LOG.error("event=socket_failed session={}", welcome.sessionId(), cause);
        fail(INTERNAL_ERROR, "the server failed");
      }
    }
  }
}
