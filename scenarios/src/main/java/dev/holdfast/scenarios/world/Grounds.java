package dev.holdfast.scenarios.world;

import dev.holdfast.scenarios.world.Story.Ground;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a world's ground is made of, value by value, by the names that files use. */
public final class Grounds {
  /** Where there is nothing to say: one server that keeps all, a quick network, roomy limits. */
  public static final Ground PLAIN =
      new Ground(
          1, "keeps", 1, 0, 0, 256, 50, 400, 30, 10, 2_000, 700, 100, 100, false, 120_000, 1_000,
          120_000, 128);

  private static final List<String> STORES = List.of("keeps", "lags", "loses");
  private static final RecordComponent[] PARTS = Ground.class.getRecordComponents();

  private Grounds() {}

  public static Set<String> names() {
    return values(PLAIN).keySet();
  }

  /** Every value by its name: {@code delay_ms}, {@code store}. */
  public static Map<String, Object> values(Ground ground) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent part : PARTS) {
      try {
        values.put(name(part), part.getAccessor().invoke(ground));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record can be read", e);
      }
    }
    return values;
  }

  /** The values that are not plain. */
  public static Map<String, Object> peculiar(Ground ground) {
    Map<String, Object> plain = values(PLAIN);
    Map<String, Object> peculiar = values(ground);
    peculiar.entrySet().removeIf(e -> e.getValue().equals(plain.get(e.getKey())));
    return peculiar;
  }

  /**
   * The ground with these values, and plain where none is given.
   *
   * @throws IllegalArgumentException naming the value that cannot be meant
   */
  public static Ground of(Map<String, Object> given) {
    Map<String, Object> values = values(PLAIN);
    values.putAll(given);
    List<Object> arguments = new ArrayList<>();
    List<Class<?>> types = new ArrayList<>();
    for (RecordComponent part : PARTS) {
      arguments.add(typed(part, values.getOrDefault(name(part), "")));
      types.add(part.getType());
    }
    try {
      return Ground.class
          .getDeclaredConstructor(types.toArray(Class<?>[]::new))
          .newInstance(arguments.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record can be made", e);
    }
  }

  private static Object typed(RecordComponent part, Object value) {
    String text = value.toString();
    try {
      if (part.getType() == int.class) {
        return Integer.parseInt(text);
      }
      if (part.getType() == long.class) {
        return Long.parseLong(text);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name(part) + " must be a whole number, not " + text, e);
    }
    if (part.getType() == boolean.class) {
      return Boolean.parseBoolean(text);
    }
    if (!STORES.contains(text)) {
      throw new IllegalArgumentException(
          name(part) + " must be one of " + STORES + ", not " + text);
    }
    return text;
  }

  /** {@code delayMs} is delay_ms. */
  private static String name(RecordComponent part) {
    return part.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
