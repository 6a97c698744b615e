package dev.holdfast.server.websocket;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.server.Minted;
import dev.holdfast.server.session.Letter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.function.Consumer;

/** Turns an HTTP connection into a WebSocket and opens it at its session. */
public final class Upgrade {
  private static final String ONE_VERSION = "13";

  private final SocketServices services;

  public Upgrade(SocketServices services) {
    this.services = services;
  }

  /** Which profile a handshake asks for. */
  public static Profile profile(FullHttpRequest request) {
    for (String line : request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
      for (String offered : line.split(",", -1)) {
        if (offered.strip().equals(Profile.SUBPROTOCOL)) {
          return Profile.RESUME;
        }
      }
    }
    return Profile.CORE;
  }

  public static boolean speaksOurVersion(FullHttpRequest request) {
    return ONE_VERSION.equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION));
  }

  /**
   * Answers 101 and replaces what spoke HTTP on the channel.
   *
   * @param httpOnly takes out of the pipeline what must not see WebSocket frames
   * @throws WebSocketHandshakeException if this is no handshake; nothing was answered then
   */
  public void perform(
      Channel channel,
      FullHttpRequest request,
      Welcome welcome,
      Consumer<ChannelPipeline> httpOnly) {
    WebSocketServerHandshaker handshaker = handshaker(request);
    handshaker
        .handshake(channel, request)
        .addListener(done -> {
          if (done.isSuccess()) {
            httpOnly.accept(channel.pipeline());
            open(channel, welcome);
          } else {
            var unused = channel.close();
          }
        });
  }

  private WebSocketServerHandshaker handshaker(FullHttpRequest request) {
    WebSocketDecoderConfig config =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength((int) services.maxFrameBytes())
            .allowExtensions(false)
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build();
    var factory = new WebSocketServerHandshakerFactory(request.uri(), Profile.SUBPROTOCOL, config);
    WebSocketServerHandshaker handshaker = factory.newHandshaker(request);
    if (handshaker == null) {
      throw new WebSocketHandshakeException("no handshake of version " + ONE_VERSION);
    }
    return handshaker;
  }

  private void open(Channel channel, Welcome welcome) {
    if (!channel.isActive()) {
      return;
    }
    String connection = "c-" + Minted.hex(8);
    Outbound outbound = new Outbound(channel, services.limits().outboundBytes());
    SocketLink link =
        new SocketLink(
            connection,
            channel,
            outbound,
            services.limits().closeDeadlineMs(),
            () -> overflowed(welcome, connection));
    channel
        .pipeline()
        .addLast(new Utf8FrameValidator(false))
        .addLast(new WebSocketFrameAggregator((int) services.maxFrameBytes()))
        .addLast(new SocketHandler(welcome, services, link, outbound));
    var opened =
        new ServerInput.Opened(connection, welcome.profile(), welcome.userId(), Minted.hex(32));
    services.sessions().post(welcome.sessionId(), Letter.opened(opened, link), channel.eventLoop());
    channel.config().setAutoRead(true);
  }

  private void overflowed(Welcome welcome, String connection) {
    services
        .sessions()
        .postIfThere(welcome.sessionId(), Letter.of(new ServerInput.Overflowed(connection)));
  }
}
