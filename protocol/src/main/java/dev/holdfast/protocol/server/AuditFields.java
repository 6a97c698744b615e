package dev.holdfast.protocol.server;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an audit event, in the order of their names.
 *
 * <p>Two arrays, as an event has ten fields at most: a tree of them cost more than the hash that is
 * taken of them.
 */
public final class AuditFields {
  static final AuditFields NONE = new AuditFields(new String[0], new Object[0]);

  private final String[] names;
  private final Object[] values;

  private AuditFields(String[] names, Object[] values) {
    this.names = names;
    this.values = values;
  }

  /** These with one more, or with another value for one of them. */
  AuditFields plus(String name, Object value) {
    int found = Arrays.binarySearch(names, name);
    if (found >= 0) {
      Object[] changed = values.clone();
      changed[found] = value;
      return new AuditFields(names, changed);
    }
    int at = -found - 1;
    String[] moreNames = Arrays.copyOf(names, names.length + 1);
    Object[] moreValues = Arrays.copyOf(values, values.length + 1);
    System.arraycopy(names, at, moreNames, at + 1, names.length - at);
    System.arraycopy(values, at, moreValues, at + 1, values.length - at);
    moreNames[at] = name;
    moreValues[at] = value;
    return new AuditFields(moreNames, moreValues);
  }

  public int size() {
    return names.length;
  }

  public String name(int index) {
    return names[index];
  }

  public Object value(int index) {
    return values[index];
  }

  public @Nullable Object get(String name) {
    int found = Arrays.binarySearch(names, name);
    return found < 0 ? null : values[found];
  }

  public boolean containsKey(String name) {
    return Arrays.binarySearch(names, name) >= 0;
  }

  public void forEach(BiConsumer<String, Object> each) {
    for (int i = 0; i < names.length; i++) {
      each.accept(names[i], values[i]);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuditFields that
        && Arrays.equals(names, that.names)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    forEach((name, value) ->
        text.append(text.length() == 1 ? "" : ", ").append(name).append('=').append(value));
    return text.append('}').toString();
  }
}
