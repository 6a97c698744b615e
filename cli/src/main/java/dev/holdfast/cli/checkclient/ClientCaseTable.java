package dev.holdfast.cli.checkclient;

import dev.holdfast.cli.run.OutputOptions;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.protocol.Profile;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.Level;
import dev.holdfast.scenarios.conformance.Clauses;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.Setting;
import java.util.List;
import java.util.Locale;

/** The list of cases for clients, for people a line each, for programs an object each. */
public final class ClientCaseTable {
  private ClientCaseTable() {}

  public static void print(
      List<ClientCase> cases, Profile profile, OutputOptions options, Shell shell) {
    int width = cases.stream().mapToInt(c -> c.address().length()).max().orElse(1);
    for (ClientCase one : cases) {
      shell.out().println(options.json() ? json(one, profile) : line(one, profile, width));
    }
  }

  private static String line(ClientCase one, Profile profile, int width) {
    String pattern = "%-" + width + "s  %-6s  %s";
    return String.format(Locale.ROOT, pattern, one.address(), level(one, profile), sentence(one));
  }

  private static String json(ClientCase one, Profile profile) {
    var object = JsonFormat.MAPPER.createObjectNode();
    object.put("event", "case").put("address", one.address()).put("clause", one.clause());
    object.put("level", level(one, profile)).put("sentence", sentence(one));
    one.needs().forEach(object.putArray("needs")::add);
    var overrides = object.putArray("overrides");
    one.wishes().keySet().stream().sorted().map(Setting::word).forEach(overrides::add);
    return object.toString();
  }

  private static String level(ClientCase one, Profile profile) {
    Level level = Clauses.at(one.clause()).level(profile);
    return (level == null ? Level.MUST : level).name().toLowerCase(Locale.ROOT);
  }

  private static String sentence(ClientCase one) {
    return Clauses.at(one.clause()).sentence();
  }
}
