package dev.holdfast.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Guards what only administrators may do: by a bearer token where one is configured, else for this
 * machine only, and for nothing that was forwarded or sent by a web page.
 */
final class AdminGate {
  private final @Nullable String token;

  AdminGate(@Nullable String token) {
    this.token = token;
  }

  Endpoint guard(Endpoint endpoint) {
    return exchange -> {
      if (allows(exchange)) {
        endpoint.serve(exchange);
      } else if (token != null) {
        exchange.answer(
            Answer.error(401, "unauthenticated", "This needs the administrator's bearer token.")
                .with("WWW-Authenticate", "Bearer"));
      } else {
        exchange.answer(
            Answer.error(
                403,
                "forbidden",
                "Without an admin token only this machine may do that, and not through a proxy."));
      }
    };
  }

  private boolean allows(Exchange exchange) {
    if (token != null) {
      String shown = exchange.bearer();
      return shown != null && same(shown, token);
    }
    return exchange.fromLoopback()
        && Origins.isLoopbackHost(exchange.header(HttpHeaderNames.HOST))
        && exchange.header(HttpHeaderNames.ORIGIN) == null
        && !forwarded(exchange);
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  static boolean forwarded(Exchange exchange) {
    for (Map.Entry<String, String> header : exchange.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.equals("forwarded") || name.startsWith("x-forwarded-")) {
        return true;
      }
    }
    return false;
  }
}
