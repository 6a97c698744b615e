package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.cli.config.HoldfastYaml;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.report.budget.Budgets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The manifests against Kubernetes' own published schema, and against this command line. */
@Tag("ci")
class KubernetesTest {
  private static final Path FOLDER = Path.of("..", "deploy", "kubernetes");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @TempDir Path folder;

  private final Schema schema = schema();

  private static Schema schema() {
    try (var in = KubernetesTest.class.getResourceAsStream("/kubernetes/v1.36.0.json")) {
      String text = new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(text, InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode manifest(String name) throws IOException {
    return YAML.readTree(Files.readString(FOLDER.resolve(name)));
  }

  private List<?> errors(JsonNode manifest) {
    return schema.validate(manifest.toString(), InputFormat.JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"load-job.yaml", "merge-job.yaml", "reports-volume.yaml"})
  void aManifestIsWhatKubernetesTakes(String name) throws Exception {
    assertEquals(List.of(), errors(manifest(name)));
  }

  @Test
  void aMisspeltKeyAndAWrongKindOfValueAreFound() throws Exception {
    ObjectNode misspelt = (ObjectNode) manifest("load-job.yaml");
    ((ObjectNode) misspelt.get("spec")).put("completionsMode", "Indexed");
    assertFalse(errors(misspelt).isEmpty());

    ObjectNode wrong = (ObjectNode) manifest("load-job.yaml");
    ((ObjectNode) wrong.get("spec")).put("completions", "four");
    assertFalse(errors(wrong).isEmpty());
  }

  @Test
  void eachPodCarriesOneShareOfALoadThatThisCommandLineUnderstands() throws Exception {
    JsonNode spec = manifest("load-job.yaml").get("spec");
    assertEquals("Indexed", spec.get("completionMode").asText());
    assertEquals(spec.get("completions"), spec.get("parallelism"));
    List<String> words = words(spec);
    assertEquals(spec.get("completions").asText(), words.get(words.indexOf("--injectors") + 1));

    CommandLine line = Commands.line(Shell.ofThisProcess());
    line.parseArgs(words.toArray(String[]::new));
  }

  @Test
  void theMergeTakesEveryPart() throws Exception {
    List<String> words = words(manifest("merge-job.yaml").get("spec"));
    int parts = manifest("load-job.yaml").get("spec").get("completions").asInt();

    for (int i = 0; i < parts; i++) {
      assertTrue(words.contains("/reports/part-" + i), words::toString);
    }
    assertFalse(words.contains("/reports/part-" + parts), words::toString);
    Commands.line(Shell.ofThisProcess()).parseArgs(words.toArray(String[]::new));
  }

  @Test
  void aPodThatFailsLeavesTheOthersToTheirReports() throws Exception {
    JsonNode spec = manifest("load-job.yaml").get("spec");

    assertEquals(0, spec.get("backoffLimitPerIndex").asInt(-1));
    assertFalse(spec.has("backoffLimit"), "ends all pods with the first that fails");
    assertFalse(spec.has("maxFailedIndexes"), "does the same");
  }

  @Test
  void theMergeIsHeldToBudgets() throws Exception {
    List<String> words = words(manifest("merge-job.yaml").get("spec"));
    JsonNode pod = manifest("merge-job.yaml").at("/spec/template/spec");

    assertEquals("/config/holdfast.yaml", words.get(words.indexOf("--config") + 1));
    assertEquals("/config", pod.at("/containers/0/volumeMounts/1/mountPath").asText());
    assertEquals("holdfast-config", pod.at("/volumes/1/configMap/name").asText());
    var budgets = HoldfastYaml.read(FOLDER.resolve("holdfast.yaml")).budgets();
    assertEquals(budgets.size(), Budgets.of(budgets).unmeasured("").size());
    assertFalse(budgets.isEmpty());
  }

  /** Against a cluster that takes down what it is given; its load fails and its merge passes. */
  @Test
  void theScriptGivesTheUrlAsItIsAndDoesNotWaitForAFailedJob() throws Exception {
    Path kubectl = folder.resolve("kubectl");
    Files.writeString(
        kubectl,
        """
        #!/bin/sh
        case "$*" in
          *"create -f -") cat >"$(dirname "$0")/load.yaml" ;;
          *"apply -f -") cat >/dev/null ;;
          "get job holdfast-load "*) echo FailureTarget Failed ;;
          "get job holdfast-merge "*) echo SuccessCriteriaMet Complete ;;
        esac
        """);
    Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwxr-xr-x"));
    String url = "wss://chat.example/ws/chat?a=1&b=x|y&c=\\1";
    ProcessBuilder script =
        new ProcessBuilder("bash", FOLDER.resolve("run.sh").toString(), url)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    script.environment().merge("PATH", folder.toString(), (path, own) -> own + ":" + path);

    Process running = script.start();

    assertTrue(running.waitFor(30, TimeUnit.SECONDS), "it waits for a job that failed");
    assertEquals(0, running.exitValue(), Files.readString(folder.resolve("log")));
    JsonNode job = YAML.readTree(Files.readString(folder.resolve("load.yaml")));
    assertEquals(url, job.at("/spec/template/spec/containers/0/args/1").asText());
    assertEquals(List.of(), errors(job));
  }

  private static List<String> words(JsonNode job) {
    List<String> words = new ArrayList<>();
    JsonNode container = job.get("template").get("spec").get("containers").get(0);
    for (JsonNode word : (ArrayNode) container.get("args")) {
      words.add(
          word.asText()
              .replace("TARGET_URL", "ws://127.0.0.1:1/ws/chat")
              .replace("START_AT", Instant.now().plusSeconds(60).toString()));
    }
    return words;
  }
}
