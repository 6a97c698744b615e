package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.cli.config.HoldfastYaml;
import dev.holdfast.report.budget.Budgets;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.Account;
import dev.holdfast.report.result.Blame;
import dev.holdfast.report.result.Culprit;
import dev.holdfast.report.result.Picture;
import dev.holdfast.report.result.Recovery;
import dev.holdfast.server.wire.Pem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schemas in docs/schemas, held against what is really read and written. */
class PublishedSchemasTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling(".").normalize();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static Path schemaFile(String name) {
    return ROOT.resolve("docs/schemas").resolve(name);
  }

  private static List<String> problems(String schemaName, String text, InputFormat format)
      throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(schemaFile(schemaName)), InputFormat.JSON);
    return schema.validate(text, format).stream().map(Object::toString).toList();
  }

  @Test
  void whatInitWritesFitsTheSchemaAndIsRead() throws Exception {
    Path file = folder.resolve("holdfast.yaml");
    assertEquals(0, Spoken.by("init", file.toString()).exitCode());

    assertEquals(List.of(), problems("holdfast.json", Files.readString(file), InputFormat.YAML));
    assertEquals(URI.create("ws://127.0.0.1:8001/ws/chat"), HoldfastYaml.read(file).url());
    assertEquals(64, Spoken.by("init", file.toString()).exitCode(), "overwritten");
  }

  /** Uncommented line by line, so that no comment tells of a key that does not exist. */
  @Test
  void everyCommentedKeyIsOneThatIsRead() throws Exception {
    Files.writeString(folder.resolve("audit-mapping.yaml"), "fields: {event: what}\n");
    Files.writeString(folder.resolve("dialect.yaml"), "types: {message: msg}\n");
    Files.move(Pem.in(folder).certificate(), folder.resolve("test-ca.pem"));
    List<String> lines = new ArrayList<>();
    for (String line : InitCommand.template().lines().toList()) {
      lines.add(line.replaceFirst("^(\\s*)# ([a-z_0-9]+: )", "$1$2"));
    }
    Path file = folder.resolve("holdfast.yaml");
    Files.write(file, lines);

    assertEquals(List.of(), problems("holdfast.json", Files.readString(file), InputFormat.YAML));
    assertEquals(List.of("node", "server.mjs"), HoldfastYaml.read(file).more().start());
  }

  @Test
  void theExamplesOwnFilesFit() throws Exception {
    try (Stream<Path> files = Files.walk(ROOT.resolve("examples"))) {
      for (Path file :
          files
              .filter(f -> f.getFileName().toString().matches("holdfast.*\\.yaml"))
              .filter(f -> !f.toString().contains("node_modules"))
              .toList()) {
        assertEquals(
            List.of(),
            problems("holdfast.json", Files.readString(file), InputFormat.YAML),
            file::toString);
      }
    }
  }

  @Test
  void theBudgetsAreThoseThatExist() throws Exception {
    JsonNode schema = JSON.readTree(schemaFile("holdfast.json").toFile());
    TreeSet<String> published = new TreeSet<>();
    schema.at("/properties/budgets/properties").fieldNames().forEachRemaining(published::add);
    assertEquals(new TreeSet<>(Budgets.names()), published);
  }

  @Test
  void aKeyThatIsNotKnownDoesNotFit() throws Exception {
    assertFalse(problems("holdfast.json", "targett: {}\n", InputFormat.YAML).isEmpty());
    assertFalse(problems("holdfast.json", "profile: rezume\n", InputFormat.YAML).isEmpty());
  }

  private static final Account ACCOUNT =
      new Account(
          new Blame(Culprit.UNDECIDABLE, "nobody wrote it down", List.of("a line")),
          List.of(new Recovery("reconnect_spread", "ms", 1.5, 1, 2, 3)),
          List.of(new Picture("lanes", "evidence/lanes.svg", null)));

  @Test
  void aReportFitsItsSchemaAndALieDoesNot() throws Exception {
    Spoken spoken =
        Spoken.by("check", "server", "--case", "conversation/*", "--out", folder.toString());
    assertEquals(0, spoken.exitCode(), spoken::err);
    String report = Files.readString(folder.resolve("report.json"));

    assertEquals(List.of(), problems("report.json", report, InputFormat.JSON));
    ObjectNode told = (ObjectNode) JSON.readTree(report);
    ((ObjectNode) told.at("/findings/0")).set("account", JsonFormat.MAPPER.valueToTree(ACCOUNT));
    assertEquals(List.of(), problems("report.json", told.toString(), InputFormat.JSON));
    String lie = report.replaceFirst("\"exit_code\" : 0", "\"exit_code\" : 5");
    assertTrue(!lie.equals(report) && !problems("report.json", lie, InputFormat.JSON).isEmpty());
  }
}
