package dev.holdfast.load.compare;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The floor: a bare Netty server that writes the same JSON and does nothing else. It parses
 * nothing, keeps nothing and audits nothing; each frame is glued together from text that was made
 * before. With a folder named, it writes a {@link Ledger} there before it answers, and nothing
 * more.
 */
final class FloorMain {
  private static final int EVENT_LOOPS = 2;
  private static final int MOST_BYTES = 1 << 16;

  private FloorMain() {}

  public static void main(String[] args) throws Exception {
    List<String> heads =
        Frames.read().lines().stream()
            .map(l -> "{\"type\":\"" + l.type() + "\",\"data\":" + l.data() + ",\"timestamp\":\"")
            .toList();
    @Nullable Path ledgers = args.length > 0 ? Path.of(args[0]) : null;
    var loops = new MultiThreadIoEventLoopGroup(EVENT_LOOPS, NioIoHandler.newFactory());
    var channel =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Pipeline(heads, ledgers))
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    int port = ((InetSocketAddress) channel.localAddress()).getPort();
    System.out.println("listening on ws://127.0.0.1:" + port + "/ws/chat");
    System.in.transferTo(OutputStream.nullOutputStream());
    loops.shutdownGracefully().sync();
  }

  /** What every connection goes through. */
  private static final class Pipeline extends ChannelInitializer<SocketChannel> {
    private final List<String> heads;
    private final @Nullable ThreadLocal<Ledger> ledger;

    Pipeline(List<String> heads, @Nullable Path ledgers) {
      this.heads = heads;
      ledger = ledgers == null ? null : ThreadLocal.withInitial(() -> Ledger.in(ledgers));
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      channel
          .pipeline()
          .addLast(
              new HttpServerCodec(),
              new HttpObjectAggregator(MOST_BYTES),
              new WebSocketServerProtocolHandler("/ws/chat", true),
              new Answers(heads, ledger));
    }
  }

  private static final class Answers extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private static final String ID = "\"id\":\"";
    private final List<String> heads;
    private final @Nullable ThreadLocal<Ledger> ledger;
    private long runs;

    Answers(List<String> heads, @Nullable ThreadLocal<Ledger> ledger) {
      this.heads = heads;
      this.ledger = ledger;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame asked) {
      if (ledger != null) {
        ledger.get().message();
      }
      String text = asked.text();
      int id = text.indexOf(ID) + ID.length();
      String tail =
          "\",\"session_id\":\"1ecffc9f234860c04e443b695d49ad76\",\"reply_to\":\""
              + text.substring(id, text.indexOf('"', id))
              + "\",\"run_id\":\"r"
              + runs++
              + "\"}";
      for (String head : heads) {
        var unused = context.write(new TextWebSocketFrame(head + Instant.now() + tail));
      }
      context.flush();
    }
  }
}
