package dev.holdfast.report.format;

import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.OneLine;
import dev.holdfast.report.result.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the owner of a target could declare, so that cases that did not apply are played. */
final class Declarations {
  private static final int MOST = 3;

  /** What a reason names in parentheses or after the word "declare". */
  private static final Pattern NAMED =
      Pattern.compile(
          "declare ((?:target|stimuli|capabilities|profile)\\b.*)"
              + "|\\(((?:target\\.|stimuli\\.|capabilities:|--)[^()]*)\\)"
              + "|\\b(stimuli\\.\\w+)");

  private Declarations() {}

  /** A line for each of the declarations that most cases miss. */
  static List<String> missing(List<Finding> findings) {
    Map<String, Integer> cases = new LinkedHashMap<>();
    for (Finding f : findings) {
      if (f.verdict() == Verdict.NOT_APPLICABLE && f.seen() != null) {
        Matcher named = NAMED.matcher(OneLine.of(f.seen(), 300));
        if (named.find()) {
          cases.merge(named.group().replaceAll("^declare |^\\(|\\)$", ""), 1, Integer::sum);
        }
      }
    }
    List<Map.Entry<String, Integer>> most = new ArrayList<>(cases.entrySet());
    most.sort(Map.Entry.<String, Integer>comparingByValue().reversed());
    return most.stream().limit(MOST).map(e -> line(e.getKey(), e.getValue())).toList();
  }

  private static String line(String what, int cases) {
    String verb = what.startsWith("--") ? "add" : "declare";
    return verb + " `" + what + "` to play " + Words.count(cases, "more case");
  }
}
