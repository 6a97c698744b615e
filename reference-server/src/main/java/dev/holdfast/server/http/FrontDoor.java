package dev.holdfast.server.http;

import dev.holdfast.protocol.Profile;
import dev.holdfast.server.websocket.Upgrade;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meets every request of an HTTP connection, one at a time, and shows handshakes to the WebSocket.
 */
final class FrontDoor extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

  private static final int MAX_PIPELINED = 16;

  private final Routes routes;
  private final Handshakes handshakes;
  private final Upgrade upgrade;
  private final Origins origins;
  private final long requestDeadlineMs;
  private final ArrayDeque<FullHttpRequest> pipelined = new ArrayDeque<>(2);
  private boolean busy;
  private @Nullable ScheduledFuture<?> impatience;

  FrontDoor(
      Routes routes,
      Handshakes handshakes,
      Upgrade upgrade,
      Origins origins,
      long requestDeadlineMs) {
    this.routes = routes;
    this.handshakes = handshakes;
    this.upgrade = upgrade;
    this.origins = origins;
    this.requestDeadlineMs = requestDeadlineMs;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    awaitRequest(ctx);
  }

  /** Reads one request; a peer that does not finish it in time is left. */
  private void awaitRequest(ChannelHandlerContext ctx) {
    impatience = ctx.executor().schedule(() -> drop(ctx), requestDeadlineMs, TimeUnit.MILLISECONDS);
    ctx.read();
  }

  private void requestArrived() {
    if (impatience != null) {
      impatience.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    requestArrived();
    if (!(message instanceof FullHttpRequest request)) {
      // Whoever asked for an upgrade and did not get it may still send what was meant for it.
      ReferenceCountUtil.release(message);
      drop(ctx);
      return;
    }
    if (!busy) {
      serve(ctx, request);
    } else if (pipelined.size() < MAX_PIPELINED) {
      pipelined.add(request);
    } else {
      request.release();
      drop(ctx);
    }
  }

  private void serve(ChannelHandlerContext ctx, FullHttpRequest request) {
    busy = true;
    try {
      answer(ctx, request);
    } finally {
      request.release();
    }
  }

  /** Goes on after an answer: with a request that came meanwhile, or by reading the next. */
  private void answered(ChannelHandlerContext ctx) {
    busy = false;
    FullHttpRequest next = pipelined.poll();
    if (next != null) {
      serve(ctx, next);
    } else {
      awaitRequest(ctx);
    }
  }

  private void answer(ChannelHandlerContext ctx, FullHttpRequest request) {
    Exchange exchange = new Exchange(ctx, request, origins, () -> answered(ctx));
    try {
      if (request.decoderResult().isFailure()) {
        exchange.answer(Answer.error(400, "bad_request", "This is no HTTP request."));
      } else if (exchange.path().equals(TransportEndpoint.SOCKET_PATH)) {
        handshake(ctx, request, exchange);
      } else {
        routes.serve(exchange);
      }
    } catch (IllegalArgumentException e) {
      exchange.answer(Answer.error(400, "bad_request", "The address is not well escaped."));
    }
  }

  private void handshake(ChannelHandlerContext ctx, FullHttpRequest request, Exchange exchange) {
    if (!request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
      plainly(exchange);
      return;
    }
    if (!Upgrade.speaksOurVersion(request)) {
      exchange.answer(
          Answer.error(426, "upgrade_required", "Only WebSocket version 13 is spoken.")
              .with("Upgrade", "websocket")
              .with("Sec-WebSocket-Version", "13"));
      return;
    }
    Profile profile = Upgrade.profile(request);
    Handshakes.Refusal refusal = handshakes.objection(exchange, profile);
    if (refusal != null) {
      handshakes.refuse(exchange, refusal);
      return;
    }
    try {
      upgrade.perform(
          ctx.channel(),
          request,
          handshakes.welcome(exchange, profile),
          pipeline -> pipeline.remove(this));
    } catch (WebSocketHandshakeException e) {
      exchange.answer(Answer.error(400, "bad_handshake", "This is no WebSocket handshake."));
    }
  }

  /**
   * Browsers hide a handshake's status: a plain request is refused like the handshake that failed.
   */
  private void plainly(Exchange exchange) {
    Handshakes.Refusal refusal = handshakes.objection(exchange, Profile.RESUME);
    exchange.answer(
        refusal == null
            ? Answer.error(426, "upgrade_required", "Here one talks by WebSocket.")
                .with("Upgrade", "websocket")
            : Answer.error(refusal.status(), refusal.code(), refusal.error()));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    requestArrived();
    forgetPipelined();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    forgetPipelined();
  }

  private void forgetPipelined() {
    pipelined.forEach(FullHttpRequest::release);
    pipelined.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean peersFault = cause instanceof IOException || cause instanceof CodecException;
    if (!peersFault) {
      LOG.warn("event=http_failed", cause);
    }
    drop(ctx);
  }

  private static void drop(ChannelHandlerContext ctx) {
    var unused = ctx.close();
  }
}
