package dev.holdfast.report.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.report.Sample;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.Stage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonProgressTest {

  @Test
  void oneObjectALine() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonProgress progress =
        new JsonProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
      progress.stageStarted(Stage.CHAOS, 3);
      progress.running(Stage.CHAOS, "chaos/cut");
      Sample.failing().findings().forEach(progress::finished);
      progress.note("two\nlines");
      progress.stageEnded(Stage.CHAOS);
      progress.judged(Sample.failing().outcome());
    }

    List<JsonNode> events = new ArrayList<>();
    for (String line : bytes.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        events.add(JsonFormat.MAPPER.readTree(line));
      }
    }
    assertEquals(Sample.failing().findings().size() + 5, events.size());
    assertEquals("stage_started", events.getFirst().get("event").asText());
    JsonNode finding = events.get(2);
    assertEquals("finding", finding.get("event").asText());
    assertEquals("not_applicable", finding.get("verdict").asText());
    assertTrue(finding.get("trace") == null);
    assertEquals("verdict", events.getLast().get("event").asText());
    assertEquals(1, events.getLast().get("exit_code").asInt());
  }
}
