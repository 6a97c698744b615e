package dev.holdfast.protocol.codec;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, in the order in which they were written.
 *
 * <p>Frames have few fields: looking through them is quicker than a table, until there are many.
 * Most of what is looked for is not there at all, which one bit of each name's hash tells.
 */
public final class JsonObject {
  private static final int FEW = 16;
  private static final int USUAL = 8;

  private String[] names = new String[USUAL];
  private @Nullable Object[] values = new @Nullable Object[USUAL];
  private int size;
  private long bits;
  private @Nullable Set<String> known;

  /** One without fields. */
  public JsonObject() {}

  /** The object in a text, or null where none is. */
  public static @Nullable JsonObject readOrNull(String text) {
    try {
      return JsonReader.read(text) instanceof JsonObject object ? object : null;
    } catch (Malformed e) {
      return null;
    }
  }

  /** Adds a field; false when the name stands here already. */
  boolean add(String name, @Nullable Object value) {
    if (!isNew(name)) {
      return false;
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    bits |= bit(name);
    names[size] = name;
    values[size++] = value;
    return true;
  }

  private boolean isNew(String name) {
    if (size < FEW) {
      return indexOf(name) < 0;
    }
    if (known == null) {
      known = new HashSet<>(List.of(names).subList(0, size));
    }
    return known.add(name);
  }

  /** The value, or null when it is missing or null. */
  public @Nullable Object get(String name) {
    int index = indexOf(name);
    return index < 0 ? null : values[index];
  }

  /** A text, or nothing where the field is missing or of another kind. */
  public String text(String name) {
    return get(name) instanceof String text ? text : "";
  }

  /** A whole number, or 0 where the field is missing or of another kind. */
  public long number(String name) {
    return get(name) instanceof Long number ? number : 0;
  }

  /** The objects in a list; none where the field is missing or of another kind. */
  public List<JsonObject> objects(String name) {
    return get(name) instanceof List<?> list
        ? list.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
        : List.of();
  }

  /** The value as JSON, or null when the field is missing. */
  public @Nullable String json(String name) {
    int index = indexOf(name);
    return index < 0 ? null : new JsonText().value(values[index]).toString();
  }

  private int indexOf(String name) {
    if ((bits & bit(name)) == 0) {
      return -1;
    }
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static long bit(String name) {
    return 1L << name.hashCode();
  }

  void writeTo(JsonText json) {
    json.object();
    for (int i = 0; i < size; i++) {
      json.nameOf(names[i]).value(values[i]);
    }
    json.endObject();
  }
}
