package dev.holdfast.report.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.report.Sample;
import dev.holdfast.report.result.Picture;
import dev.holdfast.report.result.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFormatTest {
  @TempDir Path folder;

  @Test
  void whatItWritesItReadsBack() throws Exception {
    for (RunReport report :
        new RunReport[] {Sample.failing(), Sample.passing(), Hostile.report()}) {
      assertEquals(report, JsonFormat.read(file(Hostile.written(new JsonFormat(), report))));
    }
  }

  @Test
  void picturesAreReadFromBesideTheReportAndFromNowhereElse() throws Exception {
    Files.writeString(folder.resolve("people.svg"), "<svg/>");
    Path report = Files.createDirectory(folder.resolve("report"));
    Files.writeString(report.resolve("people.svg"), "<svg></svg>");

    assertEquals("<svg></svg>", new Picture("p", "people.svg", null).shownFrom(report).svg());
    assertNull(new Picture("p", "../people.svg", null).shownFrom(report).svg());
    assertNull(new Picture("p", "missing.svg", null).shownFrom(report).svg());
  }

  @Test
  void namesAreInSnakeCaseAndTheVerdictComesFirst() throws Exception {
    String json = Hostile.written(new JsonFormat(), Sample.failing());
    JsonNode root = JsonFormat.MAPPER.readTree(json);

    assertEquals(1, root.at("/schema_version").asInt());
    assertEquals(1, root.at("/outcome/exit_code").asInt());
    assertEquals("fail", root.at("/outcome/verdict").asText());
    assertEquals("2026-02-03T16:05:09Z", root.at("/started").asText());
    assertEquals("conformance", root.at("/findings/0/stage").asText());
    assertEquals("received", root.at("/findings/1/trace/0/direction").asText());
    assertTrue(root.at("/loads/0/latencies/0/p999_us").isIntegralNumber());
    assertTrue(json.indexOf("\"outcome\"") < json.indexOf("\"findings\""));
  }

  @Test
  void theGroupsStandBesideTheFindings() throws Exception {
    JsonNode root = JsonFormat.MAPPER.readTree(Hostile.written(new JsonFormat(), Sample.failing()));

    assertEquals(3, root.at("/groups").size());
    assertEquals("session/stale-close-is-harmless:nothing", root.at("/groups/0/id").asText());
    assertEquals("session/stale-close-is-harmless", root.at("/groups/0/lead").asText());
    assertEquals("MUST", root.at("/groups/0/level").asText());
    assertEquals("fail", root.at("/groups/0/verdict").asText());
    assertEquals("loss", root.at("/groups/0/consequence").asText());
    assertEquals(1, root.at("/groups/0/cases").size());
    assertTrue(root.at("/groups/0/follow").isArray());
  }

  @Test
  void fieldsOfALaterVersionAreIgnoredAndListsMayBeAbsent() throws Exception {
    RunReport report =
        JsonFormat.read(
            file(
                """
                {"schema_version":1,"new_field":{"a":1},"holdfast_version":"9","command":"c",
                 "outcome":{"verdict":"pass","exit_code":0,"line":"l","reason":"r"},
                 "target":"t","started":"2026-02-03T16:05:09Z","ended":"2026-02-03T16:05:10Z",
                 "environment":{}}
                """));

    assertEquals(0, report.findings().size());
    assertEquals(null, report.seed());
  }

  @Test
  void anotherSchemaVersionIsRefused() {
    assertRefused(
        "{\"schema_version\":2,\"outcome\":{\"verdict\":\"pass\",\"exit_code\":0,\"line\":\"\","
            + "\"reason\":\"\"},\"environment\":{}}",
        "has schema version 2; this Holdfast reads 1");
  }

  @Test
  void whatIsNoReportIsRefused() {
    assertRefused("[]", "is no report");
    assertRefused("{", "is no report");
    assertTrue(
        String.valueOf(
                assertThrows(
                        ReportReadException.class,
                        () -> JsonFormat.read(folder.resolve("absent.json")))
                    .getMessage())
            .endsWith("no such file"));
  }

  private void assertRefused(String json, String why) {
    String message =
        String.valueOf(
            assertThrows(ReportReadException.class, () -> JsonFormat.read(file(json)))
                .getMessage());
    assertTrue(message.contains(why), message);
  }

  private Path file(String json) throws java.io.IOException {
    return Files.writeString(folder.resolve("report.json"), json);
  }
}
