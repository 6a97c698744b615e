package dev.holdfast.server.http;

import dev.holdfast.server.inspect.FaultPanel;
import dev.holdfast.server.inspect.Overview;
import dev.holdfast.server.inspect.RecentEvents;
import dev.holdfast.server.session.Sessions;
import dev.holdfast.server.web.WebPages;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;

/**
 * {@code /inspect}: the server looked at from this machine. Its buttons work only from its own
 * page, so that no other page can press them.
 */
final class InspectEndpoints {
  private final Sessions sessions;
  private final RecentEvents events;
  private final FaultPanel panel;

  InspectEndpoints(Sessions sessions, RecentEvents events, FaultPanel panel) {
    this.sessions = sessions;
    this.events = events;
    this.panel = panel;
  }

  Routes on(Routes routes) {
    Answer page = Answers.of(WebPages.inspect());
    return routes
        .on(HttpMethod.GET, "/inspect", guard(x -> x.answer(page)))
        .on(HttpMethod.GET, "/inspect/state", guard(this::show))
        .on(HttpMethod.POST, "/inspect/fault", guard(this::press));
  }

  private static Endpoint guard(Endpoint endpoint) {
    return exchange -> {
      String host = exchange.header(HttpHeaderNames.HOST);
      String origin = exchange.header(HttpHeaderNames.ORIGIN);
      boolean own = origin == null || origin.equals("http://" + host);
      boolean local = exchange.fromLoopback() && Origins.isLoopbackHost(host);
      if (local && own && !AdminGate.forwarded(exchange)) {
        endpoint.serve(exchange);
      } else {
        exchange.answer(
            Answer.error(403, "forbidden", "Only a browser on this machine may look inside."));
      }
    };
  }

  private void show(Exchange exchange) {
    exchange.answer(
        Answer.json(200, Overview.of(sessions.states(), events, panel))
            .with("Cache-Control", "no-store"));
  }

  private void press(Exchange exchange) {
    String name = exchange.parameter("name");
    // A form of another page cannot set this header, and a request that can needs our permission.
    boolean pressed = exchange.header("X-Holdfast-Inspect") != null;
    if (!pressed) {
      exchange.answer(Answer.error(403, "forbidden", "Buttons are pressed on /inspect."));
    } else if (name == null || !panel.press(name)) {
      exchange.answer(Answer.error(404, "not_found", "There is no such fault."));
    } else {
      show(exchange);
    }
  }
}
