package dev.holdfast.server.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Joins a request's body up to a limit; beyond it the answer is 413 and the end. */
final class BodyAggregator extends HttpObjectAggregator {

  private static final long LINGER_MS = 2_000;

  BodyAggregator(int maxBytes) {
    super(maxBytes);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
    Answer answer = Answer.error(413, "too_large", "The body is longer than this server takes.");
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    response.headers().set(HttpHeaderNames.CONNECTION, "close");
    ctx.writeAndFlush(response).addListener(done -> linger((SocketChannel) ctx.channel()));
  }

  /**
   * Says that nothing more is sent and throws away what still comes, for a while: a close with
   * unread bytes would be an RST, which can overtake the answer.
   */
  private static void linger(SocketChannel channel) {
    var unused = channel.shutdownOutput();
    channel.config().setAutoRead(true);
    var end = channel.eventLoop().schedule(() -> end(channel), LINGER_MS, MILLISECONDS);
    channel.closeFuture().addListener(closed -> end.cancel(false));
  }

  private static void end(SocketChannel channel) {
    var unused = channel.close();
  }
}
