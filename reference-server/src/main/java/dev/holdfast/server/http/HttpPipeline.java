package dev.holdfast.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.server.Doors;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.inspect.FaultPanel;
import dev.holdfast.server.inspect.RecentEvents;
import dev.holdfast.server.web.WebPages;
import dev.holdfast.server.websocket.SocketServices;
import dev.holdfast.server.websocket.Upgrade;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpServerCodec;

/** Sets up every connection that comes in; the table of all addresses of the server. */
public final class HttpPipeline extends ChannelInitializer<Channel> {
  private final Routes routes;
  private final Handshakes handshakes;
  private final Upgrade upgrade;
  private final Origins origins;
  private final ServerOptions options;

  public HttpPipeline(HttpServices services) {
    options = services.options();
    origins = new Origins(options.allowedOrigins());
    handshakes = new Handshakes(services);
    upgrade =
        new Upgrade(
            new SocketServices(
                services.sessions(),
                services.metrics(),
                options.limits(),
                options.config().maxFrameBytes()));
    routes = routes(services);
  }

  private static Routes routes(HttpServices services) {
    ServerOptions options = services.options();
    AdminGate gate = new AdminGate(options.adminToken());
    AdminEndpoints admin = new AdminEndpoints(services.rollout());
    Endpoint chat = new ChatEndpoint(services, new AccessGate(options.accessToken()));
    Endpoint transport =
        new TransportEndpoint(
            services.rollout(),
            services.doors(),
            new TransportEndpoint.Advice(
                options.config().heartbeatIntervalMs(),
                options.reconnectIntervalMs(),
                options.maxReconnectAttempts()),
            (options.tls() == null ? "ws" : "wss"),
            options.host() + ":" + options.port());
    Routes routes = pages(new Routes());
    FaultPanel panel = options.inspection();
    if (panel != null && services.audit() instanceof RecentEvents events) {
      new InspectEndpoints(services.sessions(), events, panel).on(routes);
    }
    return routes
        .on(HttpMethod.POST, "/api/chat", chat)
        .on(HttpMethod.GET, "/api/transport", transport)
        .on(HttpMethod.GET, "/health", x -> x.answer(status(200, "ok")))
        .on(HttpMethod.GET, "/ready", x -> x.answer(ready(services.doors())))
        .on(HttpMethod.GET, "/metrics", x -> x.answer(metrics(services)))
        .on(HttpMethod.GET, "/admin/rollout", gate.guard(admin::showRollout))
        .on(HttpMethod.PUT, "/admin/rollout", gate.guard(admin::changeRollout))
        .on(HttpMethod.POST, "/admin/drain", gate.guard(admin::drain))
        .between(
            HttpMethod.POST,
            PushEndpoint.BEFORE_ID,
            PushEndpoint.AFTER_ID,
            gate.guard(new PushEndpoint(services)));
  }

  private static Routes pages(Routes routes) {
    WebPages.all()
        .forEach((path, asset) -> {
          Answer answer = Answers.of(asset);
          routes.on(HttpMethod.GET, path, x -> x.answer(answer));
        });
    return routes;
  }

  private static Answer status(int status, String word) {
    return Answer.json(status, JsonNodeFactory.instance.objectNode().put("status", word));
  }

  private static Answer ready(Doors doors) {
    Doors.Closed closed = doors.toSockets();
    return closed == null ? status(200, "ready") : Answer.error(503, closed.code(), closed.error());
  }

  private static Answer metrics(HttpServices services) {
    return Answer.text("text/plain; version=0.0.4; charset=utf-8", services.metrics().scrape());
  }

  @Override
  protected void initChannel(Channel channel) {
    channel
        .pipeline()
        .addLast(new HttpServerCodec())
        .addLast(new BodyAggregator(options.limits().maxBodyBytes()))
        .addLast(
            new FrontDoor(
                routes, handshakes, upgrade, origins, options.limits().requestDeadlineMs()));
  }
}
