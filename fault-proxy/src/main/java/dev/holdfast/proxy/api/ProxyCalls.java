package dev.holdfast.proxy.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.proxy.wire.Proxy;
import dev.holdfast.proxy.wire.ProxyTable;
import java.io.IOException;
import java.util.List;

/** The calls about proxies. */
final class ProxyCalls {
  private final ProxyTable table;

  ProxyCalls(ProxyTable table) {
    this.table = table;
  }

  Proxy find(String name) {
    return table.get(name).orElseThrow(ApiError::proxyNotFound);
  }

  Answer list() {
    return Answer.json(200, Documents.proxies(table.all()));
  }

  Answer show(String name) {
    return Answer.json(200, Documents.proxy(find(name)));
  }

  Answer create(String text) throws IOException {
    Body body = Body.object(text);
    String listen = body.text("listen", "");
    boolean enabled = body.flag("enabled", true);
    String name = body.required("name", "");
    String upstream = body.required("upstream", "");
    Proxy proxy = table.create(name, listen, upstream, enabled).orElseThrow(ApiError::proxyExists);
    return Answer.json(201, Documents.proxy(proxy));
  }

  Answer update(String name, String text) throws IOException {
    Proxy proxy = find(name);
    Body body = Body.object(text);
    proxy.update(
        body.text("listen", proxy.listen()),
        body.text("upstream", proxy.upstream()),
        body.flag("enabled", proxy.enabled()));
    return Answer.json(200, Documents.proxy(proxy));
  }

  Answer delete(String name) {
    if (!table.remove(name)) {
      throw ApiError.proxyNotFound();
    }
    return Answer.noContent();
  }

  Answer reset() throws IOException {
    table.reset();
    return Answer.noContent();
  }

  /** Creates many proxies at once, with their toxics; says also on failure which are there. */
  Answer populate(String text) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode created = JsonNodeFactory.instance.arrayNode();
    int status = 201;
    try {
      List<Body> bodies = Body.array(text);
      for (int i = 0; i < bodies.size(); i++) {
        check(bodies.get(i), " at proxy " + (i + 1));
      }
      for (Body body : bodies) {
        created.add(Documents.proxy(populate(body)));
      }
    } catch (ApiError e) {
      status = e.status();
      answer.put("error", e.getMessage()).put("status", status);
    } catch (IOException e) {
      status = 500;
      answer.put("error", e.getMessage()).put("status", status);
    }
    answer.set("proxies", created);
    return Answer.json(status, answer);
  }

  private void check(Body body, String place) {
    body.required("name", place);
    body.required("upstream", place);
    body.text("listen", "");
    body.flag("enabled", true);
    body.objects("toxics").forEach(toxic -> ToxicCalls.read(table.kinds(), toxic));
  }

  private Proxy populate(Body body) throws IOException {
    Proxy proxy =
        table.populate(
            body.required("name", ""),
            body.text("listen", ""),
            body.required("upstream", ""),
            body.flag("enabled", true));
    for (Body toxic : body.objects("toxics")) {
      proxy.add(ToxicCalls.read(table.kinds(), toxic));
    }
    return proxy;
  }
}
