package dev.holdfast.proxy.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.proxy.wire.Proxy;
import dev.holdfast.proxy.wire.ProxyTable;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Every call of the API: path and method in, answer out. */
final class Router {
  /** The Toxiproxy whose API this is. */
  private static final String VERSION = "2.12.0+holdfast";

  private final ProxyTable table;
  private final ProxyCalls proxies;

  Router(ProxyTable table) {
    this.table = table;
    this.proxies = new ProxyCalls(table);
  }

  Answer answer(Call call) {
    if (call.userAgent().startsWith("Mozilla/")) {
      return Answer.text(403, "User agent not allowed\n");
    }
    try {
      return route(call);
    } catch (ApiError e) {
      return Answer.error(e);
    } catch (IOException | RuntimeException e) {
      return Answer.error(ApiError.internal(e));
    }
  }

  private Answer route(Call call) throws IOException {
    List<String> path = segments(call.path());
    if (path.size() == 1) {
      return root(path.get(0), call);
    }
    if (fits(path, "proxies", "*")) {
      return proxy(path.get(1), call);
    }
    if (fits(path, "proxies", "*", "toxics")) {
      return toxics(path.get(1), call);
    }
    if (fits(path, "proxies", "*", "toxics", "*")) {
      return toxic(path.get(1), path.get(3), call);
    }
    if (fits(path, "holdfast", "proxies", "*", "faults")) {
      return faults(path.get(2), call);
    }
    if (fits(path, "holdfast", "proxies", "*", "faults", "*")) {
      return fault(path.get(2), path.get(4), call);
    }
    return unknown();
  }

  private static boolean fits(List<String> path, String... pattern) {
    boolean fits = path.size() == pattern.length;
    for (int i = 0; fits && i < pattern.length; i++) {
      fits = pattern[i].equals("*") || pattern[i].equals(path.get(i));
    }
    return fits;
  }

  private Answer root(String name, Call call) throws IOException {
    return switch (name) {
      case "proxies" ->
          switch (call.method()) {
            case "GET" -> proxies.list();
            case "POST" -> proxies.create(call.body());
            default -> wrongMethod();
          };
      case "populate" -> call.is("POST") ? proxies.populate(call.body()) : wrongMethod();
      case "reset" -> call.is("POST") ? proxies.reset() : wrongMethod();
      case "version" -> call.is("GET") ? version() : wrongMethod();
      case "metrics" -> Metrics.answer(table.all());
      default -> unknown();
    };
  }

  private Answer proxy(String name, Call call) throws IOException {
    return switch (call.method()) {
      case "GET" -> proxies.show(name);
      case "POST", "PATCH" -> proxies.update(name, call.body());
      case "DELETE" -> proxies.delete(name);
      default -> wrongMethod();
    };
  }

  private Answer toxics(String name, Call call) {
    return switch (call.method()) {
      case "GET" -> ToxicCalls.list(proxies.find(name));
      case "POST" -> ToxicCalls.create(proxies.find(name), call.body());
      default -> wrongMethod();
    };
  }

  private Answer toxic(String name, String toxic, Call call) {
    return switch (call.method()) {
      case "GET" -> ToxicCalls.show(proxies.find(name), toxic);
      case "POST", "PATCH" -> ToxicCalls.update(proxies.find(name), toxic, call.body());
      case "DELETE" -> ToxicCalls.delete(proxies.find(name), toxic);
      default -> wrongMethod();
    };
  }

  private Answer faults(String name, Call call) {
    return switch (call.method()) {
      case "GET" -> FaultCalls.list(proxies.find(name));
      case "POST" -> FaultCalls.create(proxies.find(name), call.body());
      default -> wrongMethod();
    };
  }

  private Answer fault(String name, String fault, Call call) {
    Proxy proxy = proxies.find(name);
    return switch (call.method()) {
      case "GET" -> FaultCalls.show(proxy, fault);
      case "POST", "PATCH" -> FaultCalls.update(proxy, fault, call.body());
      case "DELETE" -> FaultCalls.delete(proxy, fault);
      default -> wrongMethod();
    };
  }

  private static Answer version() {
    return Answer.json(200, JsonNodeFactory.instance.objectNode().put("version", VERSION));
  }

  private static Answer wrongMethod() {
    return Answer.text(405, "");
  }

  private static Answer unknown() {
    return Answer.text(404, "404 page not found\n");
  }

  /** The segments of a path; none is empty, or the path is not one of ours. */
  private static List<String> segments(String path) {
    List<String> parts = Arrays.asList(path.substring(1).split("/", -1));
    return parts.contains("")
        ? List.of()
        : parts.stream()
            .map(p -> URLDecoder.decode(p.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
  }

  /** A request, as far as the API cares. */
  record Call(String method, String path, String userAgent, String body) {
    boolean is(String wanted) {
      return method.equals(wanted);
    }
  }
}
