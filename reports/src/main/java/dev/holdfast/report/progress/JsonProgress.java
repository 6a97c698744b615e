package dev.holdfast.report.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Outcome;
import dev.holdfast.report.result.Stage;
import java.io.PrintStream;

/**
 * Tells a program what is going on: one JSON object a line, told apart by {@code event}.
 *
 * <p>A finding comes without its trace, which is in {@code report.json}.
 */
public final class JsonProgress implements Progress {
  private final PrintStream out;

  public JsonProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void planned(long aboutMs) {
    print(event("planned").put("about_ms", aboutMs));
  }

  @Override
  public void stageStarted(Stage stage, int total) {
    print(event("stage_started").put("stage", stage.toString()).put("total", total));
  }

  @Override
  public void running(Stage stage, String what) {
    print(event("running").put("stage", stage.toString()).put("what", what));
  }

  @Override
  public void finished(Finding finding) {
    ObjectNode fields = JsonFormat.MAPPER.valueToTree(finding);
    fields.remove("trace");
    print(event("finding").setAll(fields));
  }

  @Override
  public void stageEnded(Stage stage) {
    print(event("stage_ended").put("stage", stage.toString()));
  }

  @Override
  public void note(String text) {
    print(event("note").put("text", text));
  }

  @Override
  public void judged(Outcome outcome) {
    ObjectNode fields = JsonFormat.MAPPER.valueToTree(outcome);
    print(event("verdict").setAll(fields));
  }

  private static ObjectNode event(String name) {
    return JsonFormat.MAPPER.createObjectNode().put("event", name);
  }

  private synchronized void print(Object event) {
    try {
      out.print(JsonFormat.MAPPER.writeValueAsString(event) + "\n");
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }
}
