package dev.holdfast.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every connection that is open, so that all can be closed. */
final class Channels {
  private static final long CLOSE_MS = 1_000;

  private final Set<Channel> open = ConcurrentHashMap.newKeySet();

  /** Sets a connection up as {@code next} does, and remembers it. */
  ChannelHandler watching(ChannelHandler next) {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        open.add(channel);
        channel.closeFuture().addListener(f -> open.remove(channel));
        channel.pipeline().addLast(next);
      }
    };
  }

  void closeAll() {
    List<ChannelFuture> closing = open.stream().map(Channel::close).toList();
    closing.forEach(closed -> closed.awaitUninterruptibly(CLOSE_MS));
  }
}
