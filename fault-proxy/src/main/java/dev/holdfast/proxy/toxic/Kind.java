package dev.holdfast.proxy.toxic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A kind of toxic as the registry lists it: its name, its attributes with their defaults, and how
 * to make one. The type of a default is the type of the attribute: Long, String or Boolean.
 */
public record Kind(String name, Map<String, Object> defaults, Function<Attributes, Toxic> make) {
  /** A kind whose attributes are whole numbers that default to 0, as all of Toxiproxy's are. */
  static Kind of(String name, Function<Attributes, Toxic> make, String... attributes) {
    Map<String, Object> defaults = new LinkedHashMap<>();
    for (String attribute : attributes) {
      defaults.put(attribute, 0L);
    }
    return new Kind(name, defaults, make);
  }

  /** A kind whose attributes are given as names and defaults in turn. */
  static Kind typed(String name, Function<Attributes, Toxic> make, Object... namesAndDefaults) {
    Map<String, Object> defaults = new LinkedHashMap<>();
    for (int i = 0; i < namesAndDefaults.length; i += 2) {
      defaults.put((String) namesAndDefaults[i], namesAndDefaults[i + 1]);
    }
    return new Kind(name, defaults, make);
  }

  /** The same kind with one attribute more. */
  Kind and(String attribute, Object otherwise) {
    Map<String, Object> more = new LinkedHashMap<>(defaults);
    more.put(attribute, otherwise);
    return new Kind(name, more, make);
  }

  /** Makes the toxic, or throws IllegalArgumentException in words that say what to correct. */
  public Toxic make(Attributes attributes) {
    return make.apply(attributes);
  }
}
