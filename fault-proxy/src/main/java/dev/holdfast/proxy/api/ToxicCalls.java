package dev.holdfast.proxy.api;

import dev.holdfast.proxy.toxic.Attributes;
import dev.holdfast.proxy.toxic.Kind;
import dev.holdfast.proxy.toxic.Toxics;
import dev.holdfast.proxy.wire.Direction;
import dev.holdfast.proxy.wire.Installed;
import dev.holdfast.proxy.wire.Proxy;
import java.util.Map;
import java.util.Set;

/** The calls about the toxics of a proxy. */
final class ToxicCalls {
  private ToxicCalls() {}

  static Answer list(Proxy proxy) {
    return Answer.json(200, Documents.toxics(proxy));
  }

  static Answer show(Proxy proxy, String name) {
    return Answer.json(200, Documents.toxic(find(proxy, name)));
  }

  static Answer create(Proxy proxy, String text) {
    Installed toxic = read(proxy.kinds(), Body.object(text));
    if (!proxy.add(toxic)) {
      throw ApiError.toxicExists();
    }
    return Answer.json(200, Documents.toxic(toxic));
  }

  static Answer update(Proxy proxy, String name, String text) {
    Installed toxic = find(proxy, name);
    proxy.update(toxic, merged(toxic.settings(), Body.object(text)));
    return Answer.json(200, Documents.toxic(toxic));
  }

  static Answer delete(Proxy proxy, String name) {
    if (!proxy.remove(find(proxy, name))) {
      throw ApiError.toxicNotFound();
    }
    return Answer.noContent();
  }

  /** Reads a toxic, complaining in Toxiproxy's order: stream first, then type, then attributes. */
  static Installed read(Toxics kinds, Body body) {
    String type = body.text("type", "");
    String name = body.text("name", "");
    float toxicity = body.share("toxicity", 1);
    Map<String, Object> given = body.values("attributes");
    Direction direction =
        Direction.named(body.text("stream", "downstream")).orElseThrow(ApiError::invalidStream);
    Kind kind = kinds.toxiproxy(type).orElseThrow(ApiError::invalidToxicType);
    String called = name.isEmpty() ? type + "_" + direction.word() : name;
    return new Installed(
        called, Set.of(direction), settings(Attributes.defaults(kind), given, toxicity));
  }

  static Installed.Settings merged(Installed.Settings now, Body body) {
    return settings(
        now.attributes(), body.values("attributes"), body.share("toxicity", now.toxicity()));
  }

  static Installed.Settings settings(
      Attributes attributes, Map<String, Object> given, float toxicity) {
    try {
      return Installed.Settings.of(attributes.with(given), toxicity);
    } catch (IllegalArgumentException e) {
      throw ApiError.badBody(String.valueOf(e.getMessage()));
    }
  }

  private static Installed find(Proxy proxy, String name) {
    return proxy
        .toxic(name)
        .filter(toxic -> proxy.kinds().toxiproxy(toxic.type()).isPresent())
        .orElseThrow(ApiError::toxicNotFound);
  }
}
