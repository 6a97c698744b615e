package dev.holdfast.protocol.server;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an audit event, in the order of their names.
 *
 * <p>Each field knows those before it, and they are sorted once, when somebody reads them: a tree
 * of them, or arrays copied at each field, cost more than the hash that is taken of them.
 */
public final class AuditFields {
  static final AuditFields NONE = new AuditFields(null, "", "");

  private final @Nullable AuditFields before;
  private final String last;
  private final Object lastValue;

  /** Made by whoever reads first; another who reads at the same time makes the same. */
  private @Nullable Sorted sorted;

  private AuditFields(@Nullable AuditFields before, String last, Object lastValue) {
    this.before = before;
    this.last = last;
    this.lastValue = lastValue;
  }

  /** These with one more, or with another value for one of them. */
  AuditFields plus(String name, Object value) {
    return new AuditFields(this, name, value);
  }

  /** Names and values; of two with one name the later one counts. */
  private static final class Sorted {
    private final String[] names;
    private final Object[] values;
    private final int size;

    Sorted(AuditFields fields) {
      int most = 0;
      for (AuditFields at = fields; at.before != null; at = at.before) {
        most++;
      }
      names = new String[most];
      values = new Object[most];
      int count = 0;
      for (AuditFields at = fields; at.before != null; at = at.before) {
        count += put(at.last, at.lastValue, count);
      }
      size = count;
    }

    /** Puts one field in its place among the first ones; 0 when there was one of this name. */
    private int put(String name, Object value, int count) {
      int place = count;
      for (; place > 0; place--) {
        int order = names[place - 1].compareTo(name);
        if (order == 0) {
          return 0;
        }
        if (order < 0) {
          break;
        }
      }
      System.arraycopy(names, place, names, place + 1, count - place);
      System.arraycopy(values, place, values, place + 1, count - place);
      names[place] = name;
      values[place] = value;
      return 1;
    }
  }

  private Sorted sorted() {
    Sorted known = sorted;
    if (known == null) {
      known = new Sorted(this);
      sorted = known;
    }
    return known;
  }

  public int size() {
    return sorted().size;
  }

  public String name(int index) {
    return sorted().names[index];
  }

  public Object value(int index) {
    return sorted().values[index];
  }

  /** The value of the name that was given last; looks from the newest on. */
  public @Nullable Object get(String name) {
    for (AuditFields at = this; at.before != null; at = at.before) {
      if (at.last.equals(name)) {
        return at.lastValue;
      }
    }
    return null;
  }

  public boolean containsKey(String name) {
    return get(name) != null;
  }

  public void forEach(BiConsumer<String, Object> each) {
    Sorted all = sorted();
    for (int i = 0; i < all.size; i++) {
      each.accept(all.names[i], all.values[i]);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuditFields that
        && Arrays.equals(sorted().names, that.sorted().names)
        && Arrays.equals(sorted().values, that.sorted().values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(sorted().names) + Arrays.hashCode(sorted().values);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    forEach((name, value) ->
        text.append(text.length() == 1 ? "" : ", ").append(name).append('=').append(value));
    return text.append('}').toString();
  }
}
