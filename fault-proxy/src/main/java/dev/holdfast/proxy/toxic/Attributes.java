package dev.holdfast.proxy.toxic;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The attributes of a toxic, complete: what was given over what the kind defaults to. */
public record Attributes(Kind kind, Map<String, Object> values) {
  /** A wait longer than this is this: a year. Keeps deadlines clear of overflow. */
  private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(365);

  public Attributes {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  public static Attributes defaults(Kind kind) {
    return new Attributes(kind, kind.defaults());
  }

  /** These attributes with others laid over them, keys in any case, keys of no meaning ignored. */
  public Attributes with(Map<String, ?> given) {
    Map<String, Object> merged = new LinkedHashMap<>(values);
    given.forEach((key, value) ->
        kind.defaults().keySet().stream()
            .filter(known -> known.equalsIgnoreCase(key))
            .findFirst()
            .ifPresent(known -> merged.put(known, typed(known, value))));
    return new Attributes(kind, merged);
  }

  public long whole(String name) {
    return (Long) value(name);
  }

  public String text(String name) {
    return (String) value(name);
  }

  public boolean flag(String name) {
    return (Boolean) value(name);
  }

  public long millisAsNanos(String name) {
    return Math.min(TimeUnit.MILLISECONDS.toNanos(whole(name)), LONGEST_NANOS);
  }

  public long microsAsNanos(String name) {
    return Math.min(TimeUnit.MICROSECONDS.toNanos(whole(name)), LONGEST_NANOS);
  }

  private Object value(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalStateException(kind.name() + " declares no attribute " + name);
    }
    return value;
  }

  private Object typed(String name, Object value) {
    return switch (kind.defaults().get(name)) {
      case Long ignored -> wholeNumber(name, value);
      case Boolean ignored when value instanceof Boolean -> value;
      case Boolean ignored -> throw wrong(name, "true or false", value);
      case null, default -> value.toString();
    };
  }

  private Object wholeNumber(String name, Object value) {
    if (!(value instanceof Long || value instanceof Integer)) {
      throw wrong(name, "a whole number", value);
    }
    long number = ((Number) value).longValue();
    if (number < 0) {
      throw wrong(name, "0 or more", value);
    }
    return number;
  }

  private IllegalArgumentException wrong(String name, String expected, Object value) {
    return new IllegalArgumentException(
        kind.name() + "." + name + " must be " + expected + ", not " + value);
  }
}
