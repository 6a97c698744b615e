package dev.holdfast.proxy.engine;

import dev.holdfast.proxy.toxic.Attributes;
import dev.holdfast.proxy.toxic.Kind;
import dev.holdfast.proxy.wire.Direction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A fault as a scenario orders it, checked: its kind, attributes, directions and toxicity. */
record Order(
    Kind kind, Attributes attributes, Set<Direction> directions, float toxicity, long connections) {
  static Order of(Kind kind, Map<String, Object> args, String defaultStream) {
    Map<String, Object> given = new LinkedHashMap<>(args);
    Object stream = given.remove("stream");
    Object toxicity = given.remove("toxicity");
    Object connections = given.remove("connections");
    for (String name : given.keySet()) {
      if (!kind.defaults().containsKey(name)) {
        throw Nearest.unknown("argument of " + kind.name(), name, known(kind));
      }
    }
    Attributes attributes = Attributes.defaults(kind).with(given);
    kind.make(attributes);
    return new Order(
        kind,
        attributes,
        directions(stream == null ? defaultStream : stream.toString()),
        toxicity(toxicity),
        connections(connections));
  }

  private static List<String> known(Kind kind) {
    List<String> known = new ArrayList<>(kind.defaults().keySet());
    known.add("stream");
    known.add("toxicity");
    known.add("connections");
    return known;
  }

  private static Set<Direction> directions(String stream) {
    return stream.equals("both")
        ? EnumSet.allOf(Direction.class)
        : Direction.named(stream)
            .map(EnumSet::of)
            .orElseThrow(
                () -> Nearest.unknown("stream", stream, List.of("upstream", "downstream", "both")));
  }

  private static long connections(@Nullable Object given) {
    if (given == null) {
      return 0;
    }
    if (given instanceof Number number && number.longValue() > 0) {
      return number.longValue();
    }
    throw new IllegalArgumentException("connections must be 1 or more, not " + given);
  }

  private static float toxicity(@Nullable Object given) {
    if (given == null) {
      return 1;
    }
    if (given instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
      return number.floatValue();
    }
    throw new IllegalArgumentException("toxicity must be a number from 0 to 1, not " + given);
  }
}
