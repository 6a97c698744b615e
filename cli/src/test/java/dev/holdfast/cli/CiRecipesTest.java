package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.Signals;
import dev.holdfast.cli.run.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * The recipes in examples/ci: they are what GitHub and GitLab take by their published schemas, and
 * what they call exists. {@code .ci/run} holds actionlint against the workflow too, shell and all.
 * Of a Jenkinsfile there is no schema: it is a program, which only a Jenkins with its plugins can
 * check, so that here no more is seen than that it closes what it opens.
 */
class CiRecipesTest {
  private static final Path CI =
      Path.of("").toAbsolutePath().resolveSibling("examples").resolve("ci");
  private static final Pattern CALL = Pattern.compile("\\./holdfast/holdfast ([^'\"\\n]+)");
  private static final List<String> RECIPES =
      List.of("github/holdfast.yml", "gitlab/holdfast.gitlab-ci.yml", "jenkins/Jenkinsfile");

  @Test
  void everyCallOfHoldfastIsOneThatItsParserTakes() throws Exception {
    for (String recipe : RECIPES) {
      List<String> calls = calls(Files.readString(CI.resolve(recipe)));
      assertFalse(calls.isEmpty(), recipe);
      for (String call : calls) {
        for (String depth : List.of("", "--quick", "--full")) {
          String[] words =
              call.replaceAll("\\$\\{?DEPTH(:\\+|\\})?", depth).strip().split("\\s+", -1);
          CommandLine.ParseResult parsed = silent().parseArgs(words);
          assertEquals("gate", parsed.subcommand().commandSpec().name(), recipe);
        }
      }
    }
  }

  @Test
  void whatTheyKeepIsWhatAReportDirectoryHolds() throws Exception {
    for (String recipe : RECIPES) {
      String text = Files.readString(CI.resolve(recipe));
      assertTrue(text.contains("--out holdfast-report"), recipe);
      Matcher kept = Pattern.compile("holdfast-report/([a-z]+\\.[a-z]+)").matcher(text);
      while (kept.find()) {
        assertTrue(
            List.of("junit.xml", "summary.md", "index.html", "report.json").contains(kept.group(1)),
            kept.group());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "github/holdfast.yml, github-workflows, runs-on, runs-at",
    "gitlab/holdfast.gitlab-ci.yml, gitlab-ci, expire_in, expires_in"
  })
  void aRecipeIsWhatItsServiceTakes(String recipe, String schema, String key, String misspelt)
      throws Exception {
    String text = yaml(recipe).toString();
    assertEquals(List.of(), schema(schema).validate(text, InputFormat.JSON));
    String wrong = text.replace("\"" + key + "\"", "\"" + misspelt + "\"");
    assertFalse(schema(schema).validate(wrong, InputFormat.JSON).isEmpty(), misspelt);
  }

  private static Schema schema(String name) throws Exception {
    try (var in = CiRecipesTest.class.getResourceAsStream("/ci/" + name + ".json")) {
      String text = new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(text, InputFormat.JSON);
    }
  }

  /** What is cached has to be what Maven fills. */
  @Test
  void theGitlabJobKeepsItsRepositoryWhereItCaches() throws Exception {
    JsonNode job = yaml("gitlab/holdfast.gitlab-ci.yml").path("holdfast");
    String cached = job.path("cache").path("paths").get(0).asText();
    assertTrue(
        job.path("variables")
            .path("MAVEN_OPTS")
            .asText()
            .contains("-Dmaven.repo.local=$CI_PROJECT_DIR/" + cached + "/"));
  }

  @Test
  void theWorkflowHasStepsThatRunOrUse() throws Exception {
    JsonNode jobs = yaml("github/holdfast.yml").path("jobs");
    assertFalse(jobs.isEmpty());
    for (JsonNode job : jobs) {
      assertTrue(job.has("runs-on"));
      assertFalse(job.path("steps").isEmpty());
      for (JsonNode step : job.path("steps")) {
        assertTrue(step.has("run") ^ step.has("uses"), step::toString);
      }
    }
  }

  @Test
  void theGitlabJobHasAScriptAndKeepsItsReportWhateverTheVerdict() throws Exception {
    JsonNode job = yaml("gitlab/holdfast.gitlab-ci.yml").path("holdfast");
    assertFalse(job.path("script").isEmpty());
    assertEquals("always", job.path("artifacts").path("when").asText());
  }

  private static JsonNode yaml(String recipe) throws Exception {
    return new ObjectMapper(new YAMLFactory()).readTree(Files.readString(CI.resolve(recipe)));
  }

  @Test
  void theJenkinsfileClosesWhatItOpens() throws Exception {
    String text = Files.readString(CI.resolve("jenkins/Jenkinsfile"));
    assertEquals(text.replaceAll("[^{]", "").length(), text.replaceAll("[^}]", "").length());
    assertTrue(text.contains("post {") && text.contains("always {"));
  }

  private static List<String> calls(String text) {
    List<String> calls = new ArrayList<>();
    Matcher call = CALL.matcher(text);
    while (call.find()) {
      calls.add(call.group(1));
    }
    return calls;
  }

  private static CommandLine silent() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false);
    return Commands.line(new Shell(nowhere, nowhere, Map.of(), Terminal.NONE, Signals.NONE));
  }
}
