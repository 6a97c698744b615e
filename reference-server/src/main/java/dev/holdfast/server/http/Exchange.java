package dev.holdfast.server.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One request and its one answer, which may come later and from another thread. */
public final class Exchange {
  private final ChannelHandlerContext ctx;
  private final Runnable next;
  private final HttpMethod method;
  private final QueryStringDecoder uri;
  private final HttpHeaders headers;
  private final byte[] body;
  private final boolean keepAlive;
  private final @Nullable String sharedWith;
  private final boolean foreign;
  private final AtomicBoolean answered = new AtomicBoolean();

  /**
   * @param next what to do after the answer on a connection that stays
   */
  Exchange(ChannelHandlerContext ctx, FullHttpRequest request, Origins origins, Runnable next) {
    this.ctx = ctx;
    this.next = next;
    method = request.method();
    uri = new QueryStringDecoder(request.uri());
    headers = request.headers();
    body = new byte[request.content().readableBytes()];
    request.content().getBytes(request.content().readerIndex(), body);
    keepAlive = HttpUtil.isKeepAlive(request);
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    boolean welcome = origins.allows(origin, headers.get(HttpHeaderNames.HOST), fromLoopback());
    sharedWith = welcome ? origin : null;
    foreign = !welcome;
  }

  /** Whether a page asks that may not. */
  boolean foreign() {
    return foreign;
  }

  HttpMethod method() {
    return method;
  }

  /**
   * @throws IllegalArgumentException if it is not well escaped
   */
  String path() {
    return uri.path();
  }

  /**
   * A parameter of the query; the first of several.
   *
   * @throws IllegalArgumentException if the query is not well escaped
   */
  @Nullable String parameter(String name) {
    List<String> values = uri.parameters().get(name);
    return values == null ? null : values.get(0);
  }

  @Nullable String header(CharSequence name) {
    return headers.get(name);
  }

  HttpHeaders headers() {
    return headers;
  }

  @Nullable String bearer() {
    String authorization = header(HttpHeaderNames.AUTHORIZATION);
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return null;
    }
    return authorization.substring(7).strip();
  }

  byte[] body() {
    return body;
  }

  /** The event loop that the connection lives on. */
  EventExecutor loop() {
    return ctx.executor();
  }

  boolean fromLoopback() {
    return ctx.channel().remoteAddress() instanceof InetSocketAddress peer
        && peer.getAddress().isLoopbackAddress();
  }

  /** Answers, and reads the next request of the connection; only the first answer counts. */
  void answer(Answer answer) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8));
    HttpHeaders out = response.headers();
    out.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    out.set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    out.set("X-Content-Type-Options", "nosniff");
    if (sharedWith != null) {
      share(out, sharedWith);
    }
    answer.headers().forEach(out::set);
    if (keepAlive) {
      ctx.writeAndFlush(response).addListener(f -> next.run());
    } else {
      out.set(HttpHeaderNames.CONNECTION, "close");
      ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Lets a page of another origin read the answer. */
  private static void share(HttpHeaders out, String origin) {
    out.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    out.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT");
    out.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type");
    out.set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
  }
}
