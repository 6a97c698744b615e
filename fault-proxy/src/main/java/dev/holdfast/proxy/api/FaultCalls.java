package dev.holdfast.proxy.api;

import dev.holdfast.proxy.toxic.Attributes;
import dev.holdfast.proxy.toxic.Kind;
import dev.holdfast.proxy.toxic.Toxics;
import dev.holdfast.proxy.wire.Direction;
import dev.holdfast.proxy.wire.Installed;
import dev.holdfast.proxy.wire.Proxy;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Our own calls, beside Toxiproxy's: every kind of fault, with the count of its bites. */
final class FaultCalls {
  private FaultCalls() {}

  static Answer list(Proxy proxy) {
    return Answer.json(200, Documents.faults(proxy));
  }

  static Answer show(Proxy proxy, String name) {
    return Answer.json(200, Documents.fault(find(proxy, name)));
  }

  static Answer create(Proxy proxy, String text) {
    Installed fault = read(proxy.kinds(), Body.object(text));
    if (!proxy.add(fault)) {
      throw new ApiError(409, "fault already exists");
    }
    return Answer.json(200, Documents.fault(fault));
  }

  static Answer update(Proxy proxy, String name, String text) {
    Installed fault = find(proxy, name);
    proxy.update(fault, ToxicCalls.merged(fault.settings(), Body.object(text)));
    return Answer.json(200, Documents.fault(fault));
  }

  static Answer delete(Proxy proxy, String name) {
    if (!proxy.remove(find(proxy, name))) {
      throw new ApiError(404, "fault not found");
    }
    return Answer.noContent();
  }

  private static Installed read(Toxics kinds, Body body) {
    String type = body.required("type", "");
    Kind kind = kinds.any(type).orElseThrow(() -> unknown(kinds, type));
    String stream = body.text("stream", "both");
    Set<Direction> directions =
        stream.equals("both")
            ? EnumSet.allOf(Direction.class)
            : Set.of(Direction.named(stream).orElseThrow(() -> badStream(stream)));
    return new Installed(
        body.text("name", type + "_" + stream),
        directions,
        ToxicCalls.settings(
            Attributes.defaults(kind), body.values("attributes"), body.share("toxicity", 1)),
        body.count("connections"));
  }

  private static ApiError unknown(Toxics kinds, String type) {
    return new ApiError(
        400,
        kinds
            .all()
            .map(Kind::name)
            .collect(Collectors.joining(", ", "unknown fault " + type + "; there are ", "")));
  }

  private static ApiError badStream(String stream) {
    return ApiError.badBody("stream must be upstream, downstream or both, not " + stream);
  }

  private static Installed find(Proxy proxy, String name) {
    return proxy.toxic(name).orElseThrow(() -> new ApiError(404, "fault not found"));
  }
}
