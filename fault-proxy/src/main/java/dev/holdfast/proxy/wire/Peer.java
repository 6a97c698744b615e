package dev.holdfast.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;

/** One socket of a connection: the source of one conduit and the destination of the other. */
final class Peer extends ChannelInboundHandlerAdapter {
  private @Nullable Conduit from;
  private @Nullable Conduit to;

  void join(Conduit from, Conduit to) {
    this.from = from;
    this.to = to;
  }

  /** Whether more may be read in this turn. */
  boolean room() {
    return from != null && !from.full();
  }

  /** Whether nothing stands between this socket and the other. */
  boolean plain() {
    return from != null && from.plain();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf data = (ByteBuf) message;
    if (from == null) {
      data.release();
    } else {
      from.read(data);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (from != null) {
      from.readComplete();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent && from != null) {
      from.sourceEnded();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (to != null) {
      to.destinationGone();
    }
    if (from != null) {
      from.sourceEnded();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (to != null) {
      to.room();
    }
  }

  /** A broken socket is an ended one: the other side learns of it as of any other end. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var unused = ctx.close();
  }
}
