package dev.holdfast.cli.chaos;

import dev.holdfast.cli.run.OutputOptions;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.scenarios.model.Scenario;
import java.util.List;
import java.util.Locale;

/** The list of scenarios, for people a line each, for programs an object each. */
public final class ScenarioTable {
  private ScenarioTable() {}

  public static void print(List<Scenario> scenarios, OutputOptions options, Shell shell) {
    int width = scenarios.stream().mapToInt(s -> s.name().length()).max().orElse(0);
    for (Scenario one : scenarios) {
      shell.out().println(options.json() ? json(one) : line(one, width));
    }
  }

  private static String line(Scenario one, int width) {
    String pattern = "%-" + Math.max(1, width) + "s  %s";
    return String.format(Locale.ROOT, pattern, one.name(), one.title());
  }

  private static String json(Scenario one) {
    var object = JsonFormat.MAPPER.createObjectNode();
    object.put("event", "scenario").put("name", one.name()).put("clause", one.clause());
    object.put("title", one.title()).put("premise", one.premise().says());
    var needs = object.putObject("needs");
    one.premise().needs().forEach(needs::put);
    return object.put("gate", one.gate()).toString();
  }
}
