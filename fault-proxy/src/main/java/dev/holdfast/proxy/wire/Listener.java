package dev.holdfast.proxy.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The listening side of a proxy, which keeps its port while it is closed: beside the listening
 * socket a second one is bound and never listens. Connects are refused then, and yet nobody else is
 * given the port.
 */
final class Listener {
  private static final AttributeKey<Long> NUMBER =
      AttributeKey.valueOf("dev.holdfast.proxy.number");

  /** An event loop that is busy for longer is a fault of ours. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Room room;
  private final ObjLongConsumer<Channel> accepted;
  private volatile long connections;
  private @Nullable SocketChannel keeper;
  private @Nullable Channel channel;

  /** Accepted sockets come with their number, from 1, in the order of their acceptance. */
  Listener(Room room, ObjLongConsumer<Channel> accepted) {
    this.room = room;
    this.accepted = accepted;
  }

  /** Opens, and says where. */
  InetSocketAddress open(InetSocketAddress wanted) throws IOException {
    InetSocketAddress kept = keep(wanted);
    ChannelFuture bound = bind(kept);
    if (!bound.isSuccess()) {
      forget();
      throw taken(wanted, bound.cause());
    }
    channel = bound.channel();
    return kept;
  }

  /**
   * Binds, and tries again while the port seems taken: the port is kept by us, so whoever has it is
   * our own last listener, whose descriptor lives until its event loop has asked the selector once
   * more.
   */
  private ChannelFuture bind(InetSocketAddress kept) {
    long deadline = System.nanoTime() + LINGER_NANOS;
    ChannelFuture bound = bootstrap().bind(kept).awaitUninterruptibly();
    while (bound.cause() instanceof BindException && System.nanoTime() < deadline) {
      LockSupport.parkNanos(RETRY_NANOS);
      bound = bootstrap().bind(kept).awaitUninterruptibly();
    }
    return bound;
  }

  /** How many connections it has accepted. */
  long connections() {
    return connections;
  }

  /** Stops listening; the port stays ours. */
  void close() {
    Channel open = channel;
    channel = null;
    if (open != null) {
      open.close().awaitUninterruptibly();
    }
  }

  /** Gives the port up. */
  void forget() {
    close();
    SocketChannel kept = keeper;
    keeper = null;
    if (kept != null) {
      try {
        kept.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private InetSocketAddress keep(InetSocketAddress wanted) throws IOException {
    SocketChannel kept = keeper;
    if (kept == null) {
      kept = SocketChannel.open();
      kept.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      try {
        kept.bind(wanted);
      } catch (IOException e) {
        kept.close();
        throw taken(wanted, e);
      }
      keeper = kept;
    }
    return (InetSocketAddress) kept.getLocalAddress();
  }

  private static IOException taken(InetSocketAddress wanted, Throwable cause) {
    return new IOException(
        "listen tcp " + Address.format(wanted) + ": bind: " + cause.getMessage(), cause);
  }

  private ServerBootstrap bootstrap() {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(room.loops())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .handler(new Numbering())
            .childHandler(new Accepted());
    Connection.OPTIONS.forEach((option, value) -> set(bootstrap, option, value));
    return bootstrap;
  }

  @SuppressWarnings("unchecked")
  private static <T> void set(ServerBootstrap bootstrap, ChannelOption<T> option, Object value) {
    bootstrap.childOption(option, (T) value);
  }

  /** Numbers sockets on the accepting thread, before they scatter over the event loops. */
  private final class Numbering extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      long number = connections + 1; // Only the accepting thread counts.
      connections = number;
      ((Channel) message).attr(NUMBER).set(number);
      ctx.fireChannelRead(message);
    }
  }

  private final class Accepted extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel socket) {
      accepted.accept(socket, socket.attr(NUMBER).get());
    }
  }
}
