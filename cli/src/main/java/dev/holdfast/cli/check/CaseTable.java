package dev.holdfast.cli.check;

import dev.holdfast.cli.run.OutputOptions;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Need;
import java.util.List;
import java.util.Locale;

/** The list of cases, for people a line each, for programs an object each. */
public final class CaseTable {
  private CaseTable() {}

  public static void print(List<Case> cases, OutputOptions options, Shell shell) {
    int width = cases.stream().mapToInt(c -> c.address().length()).max().orElse(0);
    for (Case one : cases) {
      shell.out().println(options.json() ? json(one) : line(one, width));
    }
  }

  private static String line(Case one, int width) {
    String pattern = "%-" + Math.max(1, width) + "s  %-6s  %s";
    return String.format(Locale.ROOT, pattern, one.address(), level(one), sentence(one));
  }

  private static String json(Case one) {
    var object = JsonFormat.MAPPER.createObjectNode();
    object.put("event", "case").put("address", one.address()).put("clause", one.clause());
    object.put("profile", one.profile().word());
    object.put("level", level(one)).put("sentence", sentence(one));
    var needs = object.putArray("needs");
    one.needs().stream().sorted().map(Need::explanation).forEach(needs::add);
    return object.toString();
  }

  private static String level(Case one) {
    return one.level().name().toLowerCase(Locale.ROOT);
  }

  private static String sentence(Case one) {
    return one.sentence();
  }
}
