package dev.holdfast.cli.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.scenarios.rollout.CohortJudge;
import dev.holdfast.scenarios.rollout.RolloutCheck.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;

/**
 * What users were told and how answers came, as JSON Lines: what a rollout is judged from.
 *
 * <p>Who is in is one bit a user, the first user's lowest, in Base64.
 */
public final class RolloutRecord {
  /** Within the evidence. */
  public static final String CENSUS = "rollout/census.jsonl";

  public static final String TRIAL = "rollout/trial.jsonl";

  private RolloutRecord() {}

  /** What all users were told, a line for each time that they were asked. */
  public static String census(List<Asked> all) {
    StringBuilder lines = new StringBuilder();
    for (Asked asked : all) {
      ObjectNode line = JsonFormat.MAPPER.createObjectNode();
      line.put("percent", asked.percent()).put("how", asked.how()).put("users", asked.users());
      line.put("in", Base64.getEncoder().encodeToString(asked.in().toByteArray()));
      lines.append(line).append('\n');
    }
    return lines.toString();
  }

  static List<Asked> readCensus(Path evidence) throws IOException {
    List<Asked> all = new ArrayList<>();
    for (String text : Files.readAllLines(evidence.resolve(CENSUS))) {
      JsonNode line = JsonFormat.MAPPER.readTree(text);
      byte[] in = Base64.getDecoder().decode(line.path("in").asText());
      all.add(
          new Asked(
              line.path("percent").asDouble(),
              line.path("how").asText(),
              line.path("users").asInt(),
              BitSet.valueOf(in)));
    }
    return all;
  }

  /** What was taken for late, and how each answer came, in the order in which they were judged. */
  public static String trial(long lateMs, List<CohortJudge.Heard> heard) {
    StringBuilder lines = new StringBuilder();
    lines.append(JsonFormat.MAPPER.createObjectNode().put("late_ms", lateMs)).append('\n');
    for (CohortJudge.Heard one : heard) {
      ObjectNode line = JsonFormat.MAPPER.createObjectNode();
      line.put("arm", one.cohort() ? "cohort" : "control");
      line.put("failed", one.answer().failed()).put("late", one.answer().late());
      lines.append(line).append('\n');
    }
    return lines.toString();
  }

  /** Lets the judge hear it all again; gives what was taken for late. */
  static long readTrial(Path evidence, CohortJudge judge) throws IOException {
    List<String> lines = Files.readAllLines(evidence.resolve(TRIAL));
    if (lines.isEmpty()) {
      throw new IOException(TRIAL + " is empty");
    }
    for (String text : lines.subList(1, lines.size())) {
      JsonNode line = JsonFormat.MAPPER.readTree(text);
      judge.take(
          new CohortJudge.Heard(
              line.path("arm").asText().equals("cohort"),
              new CohortJudge.Answer(
                  line.path("failed").asBoolean(), line.path("late").asBoolean())));
    }
    return JsonFormat.MAPPER.readTree(lines.getFirst()).path("late_ms").asLong();
  }
}
