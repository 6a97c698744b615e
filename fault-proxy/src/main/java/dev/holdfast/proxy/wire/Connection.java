package dev.holdfast.proxy.wire;

import dev.holdfast.proxy.toxic.Chance;
import dev.holdfast.proxy.toxic.Flow;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client, the server that it was put through to, and a conduit each way. Both sockets share one
 * event loop, on which everything here but {@link #close} happens.
 */
final class Connection {
  private static final WriteBufferWaterMark OUTBOUND = new WriteBufferWaterMark(32 << 10, 64 << 10);

  /** What both sockets of a connection are set to. */
  static final Map<ChannelOption<?>, Object> OPTIONS =
      Map.of(
          ChannelOption.AUTO_READ, false,
          ChannelOption.ALLOW_HALF_CLOSURE, true,
          ChannelOption.TCP_NODELAY, true,
          ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT,
          ChannelOption.WRITE_BUFFER_WATER_MARK, OUTBOUND);

  private final Proxy proxy;
  private final long number;
  private final Channel client;
  private final Peer clientPeer = new Peer();
  private final Peer serverPeer = new Peer();
  private final Set<Installed> keptBy = new HashSet<>();
  private @Nullable Runnable putThrough;
  private @Nullable Conduit upstream;
  private @Nullable Conduit downstream;
  private volatile @Nullable Channel server;

  Connection(Proxy proxy, long number, Channel client) {
    this.proxy = proxy;
    this.number = number;
    this.client = client;
    client.pipeline().addLast(clientPeer);
    client.config().setRecvByteBufAllocator(new ChunkReads(clientPeer::room, clientPeer::plain));
  }

  Proxy proxy() {
    return proxy;
  }

  EventLoop loop() {
    return client.eventLoop();
  }

  /**
   * Connects to the server; once that is done the conduits open under the toxics of that moment.
   */
  void dial(InetSocketAddress address, Supplier<List<Installed>> toxics) {
    Bootstrap bootstrap =
        new Bootstrap().group(loop()).channel(NioSocketChannel.class).handler(serverPeer);
    OPTIONS.forEach((option, value) -> set(bootstrap, option, value));
    bootstrap.option(
        ChannelOption.RECVBUF_ALLOCATOR, new ChunkReads(serverPeer::room, serverPeer::plain));
    ChannelFuture dialled = bootstrap.connect(address);
    server = dialled.channel();
    dialled.addListener(f -> {
      if (f.isSuccess() && client.isActive()) {
        open(dialled.channel(), toxics.get());
      } else {
        close();
      }
    });
  }

  long number() {
    return number;
  }

  /** Goes on when no toxic keeps a new connection waiting any more, which may be at once. */
  void greet(List<Installed> toxics, Runnable goOn) {
    putThrough = goOn;
    for (Installed toxic : toxics) {
      Installed.Settings settings = toxic.settings();
      long delay = settings.toxic().acceptDelayNanos();
      if (delay > 0 && toxic.admits(number) && chosen(toxic)) {
        keptBy.add(toxic);
        toxic.bite();
        decided(Direction.UPSTREAM, toxic.name(), "accept_delayed_ns", delay);
        if (delay != Flow.FOREVER) {
          var unused = loop().schedule(() -> letGo(toxic), delay, TimeUnit.NANOSECONDS);
        }
      }
    }
    goOnIfFree();
  }

  private boolean chosen(Installed toxic) {
    Chance chance = Chance.of(proxy.room().seed(), proxy.name(), number, "accept", toxic.name());
    return chance.nextDouble() < toxic.settings().toxicity();
  }

  private void letGo(Installed toxic) {
    if (keptBy.remove(toxic)) {
      goOnIfFree();
    }
  }

  private void goOnIfFree() {
    Runnable goOn = putThrough;
    if (keptBy.isEmpty() && goOn != null && client.isOpen()) {
      putThrough = null;
      goOn.run();
    }
  }

  /** A toxic was removed from the proxy. */
  void remove(Installed toxic) {
    letGo(toxic);
    each(conduit -> conduit.remove(toxic));
  }

  @SuppressWarnings("unchecked")
  private static <T> void set(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
    bootstrap.option(option, (T) value);
  }

  private void open(Channel server, List<Installed> toxics) {
    Conduit up = new Conduit(this, Direction.UPSTREAM, client, server);
    Conduit down = new Conduit(this, Direction.DOWNSTREAM, server, client);
    clientPeer.join(up, down);
    serverPeer.join(down, up);
    upstream = up;
    downstream = down;
    up.open(toxics);
    down.open(toxics);
  }

  /** Does something to both conduits, if they are open by now. */
  void each(Consumer<Conduit> action) {
    if (upstream != null && downstream != null) {
      action.accept(upstream);
      action.accept(downstream);
    }
  }

  /** Closes both sockets, from any thread; what is queued is lost. */
  List<ChannelFuture> close() {
    Channel other = server;
    return other == null ? List.of(client.close()) : List.of(client.close(), other.close());
  }

  void abort() {
    resetOnClose(true);
    close();
  }

  void resetOnClose(boolean reset) {
    linger(client, reset);
    Channel other = server;
    if (other != null) {
      linger(other, reset);
    }
  }

  private static void linger(Channel channel, boolean reset) {
    try {
      if (channel.isOpen()) {
        channel.config().setOption(ChannelOption.SO_LINGER, reset ? 0 : -1);
      }
    } catch (ChannelException e) {
      // The peer was faster: there is no socket left to set anything on.
    }
  }

  Chance chance(Direction direction, String toxic) {
    return Chance.of(proxy.room().seed(), proxy.name(), number, direction, toxic);
  }

  void decided(Direction direction, String toxic, String what, long value) {
    proxy
        .room()
        .journal()
        .decided(
            new Decision(System.nanoTime(), proxy.name(), number, direction, toxic, what, value));
  }

  /** Whether a socket of it is still open. */
  boolean open() {
    Channel other = server;
    return client.isOpen() || (other != null && other.isOpen());
  }

  void whenClosed(Runnable action) {
    client.closeFuture().addListener(f -> action.run());
    Channel other = server;
    if (other != null) {
      other.closeFuture().addListener(f -> action.run());
    }
  }
}
