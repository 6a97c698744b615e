package dev.holdfast.protocol.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.protocol.Names;
import dev.holdfast.protocol.frame.Envelope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one JSON object by kind, strictly or tolerantly. */
final class Fields {
  private final JsonNode object;
  private final boolean strict;

  Fields(JsonNode object, Codec.Reading reading) {
    this.object = object;
    this.strict = reading == Codec.Reading.STRICT;
  }

  /** The field, or null when it is missing or null. */
  @Nullable JsonNode node(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  @Nullable String text(String name) throws Malformed {
    JsonNode value = node(name);
    if (value == null || value.isTextual()) {
      return value == null ? null : value.textValue();
    }
    return wrong(name, "a string");
  }

  String textOr(String name, String otherwise) throws Malformed {
    String value = text(name);
    return value == null ? otherwise : value;
  }

  /** Text that must be there. */
  String required(String name) throws Malformed {
    String value = text(name);
    if (value == null) {
      throw new Malformed("'" + name + "' must be a string");
    }
    return value;
  }

  /** An id: text in the session alphabet. */
  @Nullable String name(String name) throws Malformed {
    String value = text(name);
    return value == null || Names.valid(value)
        ? value
        : wrong(name, "1 to 128 of A-Z a-z 0-9 . _ -");
  }

  /** A position: 0…2^53−1 without point or exponent. */
  long position(String name) throws Malformed {
    JsonNode value = node(name);
    if (value == null) {
      return Envelope.ABSENT;
    }
    if (value.isIntegralNumber()
        && value.canConvertToLong()
        && value.longValue() >= 0
        && value.longValue() <= Envelope.MAX_POSITION) {
      return value.longValue();
    }
    wrong(name, "a whole number from 0 to 2^53-1");
    return Envelope.ABSENT;
  }

  long positionOr(String name, long otherwise) throws Malformed {
    long value = position(name);
    return value == Envelope.ABSENT ? otherwise : value;
  }

  @Nullable Boolean flag(String name) throws Malformed {
    JsonNode value = node(name);
    if (value == null || value.isBoolean()) {
      return value == null ? null : value.booleanValue();
    }
    wrong(name, "true or false");
    return null;
  }

  boolean isTrue(String name) throws Malformed {
    return Boolean.TRUE.equals(flag(name));
  }

  List<String> texts(String name) throws Malformed {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements(name)) {
      if (element.isTextual()) {
        texts.add(element.textValue());
      } else {
        wrong(name, "an array of strings");
      }
    }
    return texts;
  }

  /** The objects of an array, each as fields of its own. */
  List<Fields> objects(String name) throws Malformed {
    List<Fields> objects = new ArrayList<>();
    for (JsonNode element : elements(name)) {
      if (element.isObject()) {
        objects.add(new Fields(element, strict ? Codec.Reading.STRICT : Codec.Reading.TOLERANT));
      } else {
        wrong(name, "an array of objects");
      }
    }
    return objects;
  }

  /** A field of any kind as JSON text. */
  @Nullable String json(String name) {
    JsonNode value = node(name);
    return value == null ? null : value.toString();
  }

  /** Lets a malformed part count as absent where the peer is free to use its name. */
  void tolerate(Malformed why) throws Malformed {
    if (strict) {
      throw why;
    }
  }

  private Iterable<JsonNode> elements(String name) throws Malformed {
    JsonNode value = node(name);
    if (value == null || value.isArray()) {
      return value == null ? List.of() : value;
    }
    wrong(name, "an array");
    return List.of();
  }

  private @Nullable String wrong(String name, String expected) throws Malformed {
    if (strict) {
      throw new Malformed("'" + name + "' must be " + expected);
    }
    return null;
  }
}
