package dev.holdfast.scenarios.broken;

import dev.holdfast.scenarios.broken.BrokenTwin.Breakage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Servers whose audit log lacks something. */
final class Logs {
  private static final List<String> EVENTS =
      List.of("connect", "message_accepted", "run_ended", "tool_call", "disconnect");

  static final List<BrokenTwin> ALL = all();

  private Logs() {}

  private static List<BrokenTwin> all() {
    List<BrokenTwin> all = new ArrayList<>();
    for (String event : EVENTS) {
      String word = event.replace('_', '-');
      all.add(
          is(
              "logs-no-" + word,
              "Writes no entry with event " + event + ".",
              line -> line.contains("\"event\":\"" + event + "\"") ? "" : line,
              "audit/records-" + word));
    }
    all.add(
        is(
            "logs-for-people",
            "Logs in sentences.",
            line -> "something happened",
            "audit/json-lines"));
    all.add(
        is(
            "logs-without-a-chain",
            "Leaves out the hash of the entry before.",
            line -> line.replaceFirst("\"prev\":\"[^\"]*\",?", ""),
            "audit/entry-fields"));
    all.add(
        is(
            "logs-what-people-say",
            "Writes messages into its log.",
            line ->
                line.replaceFirst(
                    "\\{", "{\"content\":\"the-words-of-this-message-are-nobodys-business\","),
            "audit/content-is-hashed"));
    return List.copyOf(all);
  }

  private static BrokenTwin is(
      String name, String sentence, UnaryOperator<String> line, String... fails) {
    return new BrokenTwin(name, sentence, List.of(fails), new Breakage.Logged(line));
  }
}
