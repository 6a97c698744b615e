package dev.holdfast.cli.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.LoadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What idle connections took, {@code memory.json} beside the load. */
public record MemoryRecord(int connections, long beforeBytes, long afterBytes) {
  /** Within the evidence. */
  public static final String FILE = "load/memory.json";

  /** As text. */
  public String json() throws IOException {
    return JsonFormat.MAPPER.writeValueAsString(this) + "\n";
  }

  /** Of one connection, as far as a heap that breathes can tell. */
  public long each() {
    return Math.max(0, (afterBytes - beforeBytes) / connections);
  }

  static LoadResult addTo(LoadResult load, Path evidence) throws IOException {
    Path file = evidence.resolve(FILE);
    if (!Files.exists(file)) {
      return load;
    }
    JsonNode json = JsonFormat.MAPPER.readTree(Files.readString(file));
    return load.withConnectionBytes(
        new MemoryRecord(
                json.path("connections").asInt(1),
                json.path("before_bytes").asLong(),
                json.path("after_bytes").asLong())
            .each());
  }
}
