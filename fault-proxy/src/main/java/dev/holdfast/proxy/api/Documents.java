package dev.holdfast.proxy.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.proxy.wire.Direction;
import dev.holdfast.proxy.wire.Installed;
import dev.holdfast.proxy.wire.Proxy;
import java.util.List;
import java.util.Map;

/** Proxies and toxics as JSON. */
final class Documents {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Documents() {}

  static ObjectNode proxy(Proxy proxy) {
    ObjectNode node =
        JSON.objectNode()
            .put("name", proxy.name())
            .put("listen", proxy.listen())
            .put("upstream", proxy.upstream())
            .put("enabled", proxy.enabled());
    node.set("toxics", toxics(proxy));
    return node;
  }

  static ObjectNode proxies(List<Proxy> proxies) {
    ObjectNode byName = JSON.objectNode();
    proxies.forEach(proxy -> byName.set(proxy.name(), proxy(proxy)));
    return byName;
  }

  /** What Toxiproxy would list: its own kinds, those upstream first. */
  static ArrayNode toxics(Proxy proxy) {
    ArrayNode list = JSON.arrayNode();
    for (Direction direction : Direction.values()) {
      proxy.toxics().stream()
          .filter(toxic -> proxy.kinds().toxiproxy(toxic.type()).isPresent())
          .filter(toxic -> toxic.directions().contains(direction))
          .forEach(toxic -> list.add(toxic(toxic)));
    }
    return list;
  }

  static ObjectNode toxic(Installed toxic) {
    Installed.Settings settings = toxic.settings();
    ObjectNode node = JSON.objectNode();
    node.set("attributes", attributes(settings.attributes().values()));
    node.put("name", toxic.name()).put("type", toxic.type()).put("stream", stream(toxic));
    node.set("toxicity", share(settings.toxicity()));
    return node;
  }

  /** A fault as our own calls list it: any kind, and how often it bit. */
  static ObjectNode fault(Installed toxic) {
    return toxic(toxic).put("bites", toxic.bites());
  }

  static ArrayNode faults(Proxy proxy) {
    ArrayNode list = JSON.arrayNode();
    proxy.toxics().forEach(toxic -> list.add(fault(toxic)));
    return list;
  }

  private static String stream(Installed toxic) {
    return toxic.directions().size() == Direction.values().length
        ? "both"
        : toxic.directions().iterator().next().word();
  }

  private static ObjectNode attributes(Map<String, Object> values) {
    ObjectNode node = JSON.objectNode();
    values.forEach((key, value) -> node.set(key, value(value)));
    return node;
  }

  private static JsonNode value(Object value) {
    return switch (value) {
      case Long number -> JSON.numberNode(number);
      case Boolean flag -> JSON.booleanNode(flag);
      default -> JSON.textNode(value.toString());
    };
  }

  /** A whole share is written without a point, as Go writes it. */
  private static JsonNode share(float share) {
    return share == Math.rint(share) ? JSON.numberNode((long) share) : JSON.numberNode(share);
  }
}
