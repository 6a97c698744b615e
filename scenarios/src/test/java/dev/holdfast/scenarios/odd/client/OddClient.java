package dev.holdfast.scenarios.odd.client;

import dev.holdfast.scenarios.conformance.client.Adapter;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A client that keeps every MUST in an unusual manner.
 *
 * @param name what tests and the page call it
 * @param sentence what is unusual about it
 * @param language what it is written in
 * @param warnings the cases that warn truly, each with the reason; any other finding is a false
 *     accusation
 * @param adapter starts it; empty where this machine lacks what it needs
 */
record OddClient(
    String name,
    String sentence,
    String language,
    TreeMap<String, String> warnings,
    Supplier<Optional<Adapter>> adapter) {

  static OddClient of(String name, String sentence, Adapter adapter) {
    return new OddClient(name, sentence, "Java", new TreeMap<>(), () -> Optional.of(adapter));
  }

  /** The same, with a warning that is true. */
  OddClient warned(String address, String reason) {
    TreeMap<String, String> more = new TreeMap<>(warnings);
    more.put(address, reason);
    return new OddClient(name, sentence, language, more, adapter);
  }

  @Override
  public String toString() {
    return name;
  }
}
