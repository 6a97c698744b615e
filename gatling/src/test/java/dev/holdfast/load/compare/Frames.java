package dev.holdfast.load.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The frames that every server of the comparison answers with. */
record Frames(List<Line> lines) {
  /** Where the servers in other languages lie. */
  static final Path FOLDER = Path.of("..", "examples", "compare");

  /** One frame without its envelope. */
  record Line(String type, JsonNode data) {}

  static Frames read() throws IOException {
    List<Line> lines = new ArrayList<>();
    for (JsonNode line : new ObjectMapper().readTree(FOLDER.resolve("frames.json").toFile())) {
      lines.add(new Line(line.get(0).asText(), line.get(1)));
    }
    return new Frames(lines);
  }
}
