package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.Signals;
import dev.holdfast.cli.run.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** The recipes in examples/ci: they parse, and what they call exists. */
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
          String[] words = call.replaceAll("\\$\\{?DEPTH\\}?", depth).strip().split("\\s+", -1);
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
    Object read = new Yaml().load(Files.readString(CI.resolve(recipe)));
    return new ObjectMapper().valueToTree(read);
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
