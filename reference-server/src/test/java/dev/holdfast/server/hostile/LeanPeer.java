package dev.holdfast.server.hostile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client of a few hundred bytes: shakes hands, says what it is told, counts answers.
 */
final class LeanPeer extends SimpleChannelInboundHandler<ByteBuf> {
  private static final String GREETING = "\"connected\"";
  private static final String ANSWER = "\"content\"";

  private final String session;
  private final AtomicInteger greeted;
  private final AtomicInteger answered;
  private String tail = "";
  private boolean isGreeted;
  private @Nullable ChannelHandlerContext ctx;

  LeanPeer(String session, AtomicInteger greeted, AtomicInteger answered) {
    this.session = session;
    this.greeted = greeted;
    this.answered = answered;
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    ctx = active;
    String request =
        "GET /ws/chat?session_id="
            + session
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    var unused = active.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext from, ByteBuf bytes) {
    String text = tail + bytes.toString(StandardCharsets.ISO_8859_1);
    if (!isGreeted && text.contains(GREETING)) {
      isGreeted = true;
      greeted.incrementAndGet();
    }
    int at = text.indexOf(ANSWER);
    while (at >= 0) {
      answered.incrementAndGet();
      text = text.substring(at + ANSWER.length());
      at = text.indexOf(ANSWER);
    }
    tail = text.substring(Math.max(0, text.length() - GREETING.length()));
  }

  void say(String id) {
    byte[] frame =
        ("{\"type\":\"message\",\"id\":\"" + id + "\",\"data\":{\"content\":\"hello\"}}")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuf out = Unpooled.buffer(frame.length + 6);
    out.writeByte(0x81).writeByte(0x80 | frame.length).writeInt(0).writeBytes(frame);
    if (ctx != null) {
      var unused = ctx.writeAndFlush(out, ctx.voidPromise());
    }
  }
}
