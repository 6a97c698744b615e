package dev.holdfast.scenarios.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Level;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** All clauses of the protocol, in the order of its document. */
public final class Clauses {
  private static final Map<String, Clause> BY_ADDRESS = Collections.unmodifiableMap(read());

  private Clauses() {}

  public static Collection<Clause> all() {
    return BY_ADDRESS.values();
  }

  /**
   * The clause at an address.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Clause at(String address) {
    Clause clause = BY_ADDRESS.get(address);
    if (clause == null) {
      throw new IllegalArgumentException("no clause is called " + address);
    }
    return clause;
  }

  private static Map<String, Clause> read() {
    try (InputStream in = Clause.class.getResourceAsStream("/clauses.yaml")) {
      Map<String, Clause> clauses = new LinkedHashMap<>();
      for (JsonNode node : new YAMLMapper().readTree(in).path("clauses")) {
        Clause clause = clause(node);
        clauses.put(clause.address(), clause);
      }
      return clauses;
    } catch (IOException e) {
      throw new UncheckedIOException("clauses.yaml cannot be read", e);
    }
  }

  private static Clause clause(JsonNode node) {
    Map<Profile, Level> levels = new EnumMap<>(Profile.class);
    node.path("levels")
        .properties()
        .forEach(entry ->
            levels.put(
                Profile.valueOf(entry.getKey().toUpperCase(Locale.ROOT)),
                Level.valueOf(entry.getValue().asText().toUpperCase(Locale.ROOT))));
    return new Clause(
        node.path("address").asText(),
        node.path("side").asText(),
        levels,
        node.hasNonNull("capability") ? node.path("capability").asText() : null,
        node.path("product").asBoolean(),
        node.path("planned").asBoolean(),
        node.path("sentence").asText());
  }
}
