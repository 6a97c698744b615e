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

/** A fault as a scenario orders it, checked: its kind, attributes, directions and toxicity. */
record Order(Kind kind, Attributes attributes, Set<Direction> directions, float toxicity) {
  static Order of(Kind kind, Map<String, Object> args, String defaultStream) {
    Map<String, Object> given = new LinkedHashMap<>(args);
    Object stream = given.remove("stream");
    Object toxicity = given.remove("toxicity");
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
        toxicity(toxicity));
  }

  private static List<String> known(Kind kind) {
    List<String> known = new ArrayList<>(kind.defaults().keySet());
    known.add("stream");
    known.add("toxicity");
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

  private static float toxicity(@org.jspecify.annotations.Nullable Object given) {
    if (given == null) {
      return 1;
    }
    if (given instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
      return number.floatValue();
    }
    throw new IllegalArgumentException("toxicity must be a number from 0 to 1, not " + given);
  }
}
