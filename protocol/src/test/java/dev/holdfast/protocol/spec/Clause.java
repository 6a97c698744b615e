package dev.holdfast.protocol.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** One requirement of the protocol as {@code clauses.yaml} lists it. */
record Clause(
    String address,
    String side,
    Map<String, String> levels,
    String capability,
    boolean needsAudit,
    boolean product,
    boolean planned,
    String sentence) {

  private static final JsonNode FILE = read();

  /** The whole file: its sections with their titles, and its entries as they stand there. */
  static JsonNode file() {
    return FILE;
  }

  private static JsonNode read() {
    try (InputStream in = Clause.class.getResourceAsStream("/clauses.yaml")) {
      return new YAMLMapper().readTree(Objects.requireNonNull(in, "clauses.yaml is missing"));
    } catch (IOException e) {
      throw new UncheckedIOException("clauses.yaml cannot be read", e);
    }
  }

  static List<Clause> all() {
    List<Clause> clauses = new ArrayList<>();
    for (JsonNode entry : file().path("clauses")) {
      clauses.add(of(entry));
    }
    return clauses;
  }

  private static Clause of(JsonNode entry) {
    Map<String, String> levels = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> level : entry.path("levels").properties()) {
      levels.put(level.getKey(), level.getValue().asText());
    }
    return new Clause(
        entry.path("address").asText(),
        entry.path("side").asText(),
        levels,
        entry.path("capability").asText(),
        entry.path("needs").asText().equals("audit"),
        entry.path("product").asBoolean(),
        entry.path("planned").asBoolean(),
        entry.path("sentence").asText());
  }

  String section() {
    return address.substring(0, address.indexOf('/'));
  }

  /** The line of {@code docs/protocol.md} that states this clause. */
  String asMarkdown() {
    return "- <a id=\"%1$s\"></a>%2$s <sub>[%1$s](#%1$s) · %3$s · %4$s</sub>"
        .formatted(address, sentence, side, smallPrint());
  }

  private String smallPrint() {
    return level()
        + (needsAudit ? ", needs audit" : "")
        + (product ? ", product" : "")
        + (planned ? ", planned" : "");
  }

  private String level() {
    if (!capability.isEmpty()) {
      return capability + " " + upper(levels.getOrDefault("resume", ""));
    }
    List<String> distinct = levels.values().stream().distinct().toList();
    if (levels.size() == 2 && distinct.size() == 1) {
      return upper(distinct.getFirst());
    }
    return String.join(
        ", ", levels.entrySet().stream().map(e -> e.getKey() + " " + upper(e.getValue())).toList());
  }

  private static String upper(String level) {
    return level.toUpperCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return address;
  }
}
