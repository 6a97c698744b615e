package dev.holdfast.server.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which endpoint answers where. */
final class Routes {
  private final Map<String, Map<HttpMethod, Endpoint>> paths = new LinkedHashMap<>();
  private final List<Wild> wild = new ArrayList<>();

  private record Wild(String before, String after, Map<HttpMethod, Endpoint> methods) {
    boolean covers(String path) {
      return path.length() >= before.length() + after.length()
          && path.startsWith(before)
          && path.endsWith(after);
    }
  }

  Routes on(HttpMethod method, String path, Endpoint endpoint) {
    paths.computeIfAbsent(path, p -> new TreeMap<>()).put(method, endpoint);
    return this;
  }

  /** Where something between two fixed ends of the path tells what it is about. */
  Routes between(HttpMethod method, String before, String after, Endpoint endpoint) {
    wild.add(new Wild(before, after, new TreeMap<>(Map.of(method, endpoint))));
    return this;
  }

  private @Nullable Map<HttpMethod, Endpoint> at(String path) {
    Map<HttpMethod, Endpoint> exact = paths.get(path);
    if (exact != null) {
      return exact;
    }
    return wild.stream().filter(w -> w.covers(path)).map(Wild::methods).findFirst().orElse(null);
  }

  void serve(Exchange exchange) {
    Map<HttpMethod, Endpoint> methods = at(exchange.path());
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
