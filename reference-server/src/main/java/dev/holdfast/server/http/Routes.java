package dev.holdfast.server.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which endpoint answers where. */
final class Routes {
  private final Map<String, Map<HttpMethod, Endpoint>> paths = new LinkedHashMap<>();

  Routes on(HttpMethod method, String path, Endpoint endpoint) {
    paths.computeIfAbsent(path, p -> new TreeMap<>()).put(method, endpoint);
    return this;
  }

  void serve(Exchange exchange) {
    Map<HttpMethod, Endpoint> methods = paths.get(exchange.path());
    if (methods == null) {
      exchange.answer(
          Answer.error(404, "not_found", "There is nothing here; /help tells what is."));
      return;
    }
    boolean head = exchange.method().equals(HttpMethod.HEAD);
    Endpoint endpoint = methods.get(head ? HttpMethod.GET : exchange.method());
    if (endpoint != null) {
      endpoint.serve(exchange);
    } else if (exchange.method().equals(HttpMethod.OPTIONS)) {
      exchange.answer(Answer.empty(204).with("Allow", allowed(methods)));
    } else {
      String error = "This path takes " + allowed(methods) + ".";
      exchange.answer(
          Answer.error(405, "method_not_allowed", error).with("Allow", allowed(methods)));
    }
  }

  private static String allowed(Map<HttpMethod, Endpoint> methods) {
    return methods.keySet().stream().map(HttpMethod::name).collect(Collectors.joining(", "));
  }
}
