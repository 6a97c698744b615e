package dev.holdfast.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Every connection that is open, within a limit, so that all can be closed. */
final class Channels {
  private static final long CLOSE_MS = 1_000;
  private static final String BODY =
      "{\"error\":\"The server is full; try again later.\",\"code\":\"over_capacity\"}";
  private static final String FULL =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json; charset=utf-8\r\n"
          + "Retry-After: 1\r\nConnection: close\r\nContent-Length: "
          + BODY.length()
          + "\r\n\r\n"
          + BODY;

  private static final ChannelHandler TURNED_AWAY = new TurnedAway();

  /** Says so and hangs up. */
  @ChannelHandler.Sharable
  private static final class TurnedAway extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      ctx.writeAndFlush(Unpooled.copiedBuffer(FULL, StandardCharsets.US_ASCII))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final IntSupplier limit;
  private final @Nullable SslContext tls;

  /**
   * @param limit how many may be open
   */
  Channels(IntSupplier limit, @Nullable SslContext tls) {
    this.limit = limit;
    this.tls = tls;
  }

  /** Sets a connection up as {@code next} does, and remembers it; one too many is told so. */
  ChannelHandler watching(ChannelHandler next) {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        open.add(channel);
        channel.closeFuture().addListener(f -> open.remove(channel));
        if (tls != null) {
          channel.pipeline().addLast(tls.newHandler(channel.alloc()));
        }
        if (open.size() > limit.getAsInt()) {
          channel.pipeline().addLast(TURNED_AWAY);
        } else {
          channel.pipeline().addLast(next);
        }
      }
    };
  }

  int count() {
    return open.size();
  }

  void closeAll() {
    List<ChannelFuture> closing = open.stream().map(Channel::close).toList();
    closing.forEach(closed -> closed.awaitUninterruptibly(CLOSE_MS));
  }
}
