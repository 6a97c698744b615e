package dev.holdfast.protocol.codec;

import dev.holdfast.protocol.Names;
import dev.holdfast.protocol.frame.Envelope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one JSON object by kind, strictly or tolerantly. */
final class Fields {
  private final JsonObject object;
  private final boolean strict;

  Fields(JsonObject object, Codec.Reading reading) {
    this.object = object;
    this.strict = reading == Codec.Reading.STRICT;
  }

  /** The field, or null when it is missing or null. */
  @Nullable Object value(String name) {
    return object.get(name);
  }

  @Nullable String text(String name) throws Malformed {
    Object value = value(name);
    if (value == null || value instanceof String) {
      return (String) value;
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
    Object value = value(name);
    if (value == null) {
      return Envelope.ABSENT;
    }
    if (value instanceof Long n && n >= 0 && n <= Envelope.MAX_POSITION) {
      return n;
    }
    wrong(name, "a whole number from 0 to 2^53-1");
    return Envelope.ABSENT;
  }

  long positionOr(String name, long otherwise) throws Malformed {
    long value = position(name);
    return value == Envelope.ABSENT ? otherwise : value;
  }

  @Nullable Boolean flag(String name) throws Malformed {
    Object value = value(name);
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    wrong(name, "true or false");
    return null;
  }

  boolean isTrue(String name) throws Malformed {
    return Boolean.TRUE.equals(flag(name));
  }

  List<String> texts(String name) throws Malformed {
    List<String> texts = new ArrayList<>();
    for (Object element : elements(name)) {
      if (element instanceof String text) {
        texts.add(text);
      } else {
        wrong(name, "an array of strings");
      }
    }
    return texts;
  }

  /** The objects of an array, each as fields of its own. */
  List<Fields> objects(String name) throws Malformed {
    List<Fields> objects = new ArrayList<>();
    for (Object element : elements(name)) {
      if (element instanceof JsonObject fields) {
        objects.add(new Fields(fields, strict ? Codec.Reading.STRICT : Codec.Reading.TOLERANT));
      } else {
        wrong(name, "an array of objects");
      }
    }
    return objects;
  }

  /** A field of any kind as JSON text. */
  @Nullable String json(String name) {
    Object value = value(name);
    return value == null ? null : new JsonText().value(value).toString();
  }

  /** Lets a malformed part count as absent where the peer is free to use its name. */
  void tolerate(Malformed why) throws Malformed {
    if (strict) {
      throw why;
    }
  }

  private List<?> elements(String name) throws Malformed {
    Object value = value(name);
    if (value instanceof List<?> elements) {
      return elements;
    }
    if (value != null) {
      wrong(name, "an array");
    }
    return List.of();
  }

  private @Nullable String wrong(String name, String expected) throws Malformed {
    if (strict) {
      throw new Malformed("'" + name + "' must be " + expected);
    }
    return null;
  }
}
