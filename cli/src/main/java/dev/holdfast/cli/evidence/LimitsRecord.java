package dev.holdfast.cli.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.report.budget.Budgets;
import dev.holdfast.report.format.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which limits a load was held to, {@code budgets.json}: those declared, or those of the stage. */
public final class LimitsRecord {
  /** Within the evidence. */
  public static final String FILE = "budgets.json";

  private LimitsRecord() {}

  /** As text. */
  public static String json(Budgets budgets) {
    ObjectNode json = JsonFormat.MAPPER.createObjectNode();
    budgets.limits().forEach(json::put);
    return JsonFormat.pretty(json);
  }

  /** The limits; null where none are on record. */
  static @Nullable Budgets read(Path evidence) throws IOException {
    Path file = evidence.resolve(FILE);
    return Files.exists(file) ? Budgets.of(limits(read(Files.readString(file)))) : null;
  }

  /** What the run's owner declared; empty where nothing was, and where nothing is on record. */
  static Map<String, Double> declared(Path evidence) throws IOException {
    Path file = evidence.resolve("config.json");
    return Files.exists(file) ? limits(read(Files.readString(file)).path("budgets")) : Map.of();
  }

  private static JsonNode read(String text) throws IOException {
    return JsonFormat.MAPPER.readTree(text);
  }

  private static Map<String, Double> limits(JsonNode json) {
    Map<String, Double> limits = new LinkedHashMap<>();
    json.properties().forEach(e -> limits.put(e.getKey(), e.getValue().asDouble()));
    return limits;
  }
}
