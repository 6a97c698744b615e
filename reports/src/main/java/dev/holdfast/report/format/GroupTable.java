package dev.holdfast.report.format;

import static java.util.Comparator.comparing;

import dev.holdfast.report.result.Deviation;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Group;
import dev.holdfast.report.result.Groups;
import dev.holdfast.report.result.OneLine;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The findings on a terminal, so few lines that one screen shows them: a block for each cause. */
final class GroupTable {
  static final int MOST_LINES = 40;
  private static final int MOST_GROUPS = 5;
  private static final int MOST_REASONS = 3;
  private static final int MOST_CHARACTERS = 300;

  /** Which premise it was differs from case to case, what spoiled it does not. */
  private static final Pattern PREMISE =
      Pattern.compile(
          "^(?:the premise did not come about \\(.*?\\)|the target could not be rehearsed): ");

  /** A group in brief: what it is, what was seen, how to see it again. */
  private static final List<String> BRIEF = List.of("seen", "again", "follows");

  private final Ansi ansi;
  private final RunReport report;
  private final Groups groups;

  GroupTable(Ansi ansi, RunReport report) {
    this.ansi = ansi;
    this.report = report;
    this.groups = Groups.of(report.findings());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      List<Finding> findings = report.findings(stage);
      if (!findings.isEmpty()) {
        lines.add(ansi.bold(stage.title()) + "  " + ansi.faint(Status.summary(findings)));
      }
    }
    if (lines.isEmpty()) {
      return lines;
    }
    lines.addFirst("");
    List<String> last = new ArrayList<>(open());
    last.addAll(Declarations.missing(report.findings()).stream().map(d -> "  – " + d).toList());
    causes(lines, MOST_LINES - last.size());
    lines.addAll(last);
    return lines;
  }

  /** The groups, worst first; in full while there is room for the others in brief. */
  private void causes(List<String> lines, int most) {
    List<Group> shown = groups.all().stream().limit(MOST_GROUPS).toList();
    int hidden = groups.all().size() - shown.size();
    int number = 0;
    for (Group group : shown) {
      number++;
      int reserved = (shown.size() - number) * (1 + BRIEF.size()) + 1;
      List<String> full = block(number, group, details(group));
      Map<String, String> brief = details(group);
      brief.keySet().retainAll(BRIEF);
      lines.addAll(
          lines.size() + full.size() + reserved <= most ? full : block(number, group, brief));
    }
    if (hidden > 0) {
      String more = "and " + Words.count(hidden, "more group") + ": see the report, or --verbose";
      lines.add("  " + more);
    }
  }

  private List<String> block(int number, Group group, Map<String, String> details) {
    List<String> block = new ArrayList<>();
    Status status = Status.of(group.lead());
    String badge = String.format(Locale.ROOT, "%s %-12s", status.glyph(), status.label());
    int cases = group.same().size();
    String title = cases == 1 ? group.lead().title() : group.title() + " (" + cases + " cases)";
    block.add(number + " " + ansi.paint(status, badge) + "  " + OneLine.of(title, MOST_CHARACTERS));
    details.forEach((name, value) ->
        block.add(
            " ".repeat(18)
                + ansi.faint(String.format(Locale.ROOT, "%-9s", name))
                + OneLine.of(value, MOST_CHARACTERS)));
    return block;
  }

  private static Map<String, String> details(Group group) {
    Finding lead = group.lead();
    Map<String, String> details = new LinkedHashMap<>();
    put(details, "users", lead.consequence().sentence());
    put(details, "requires", lead.requirement());
    put(details, "expected", lead.expected());
    put(details, "seen", lead.seen());
    put(details, "likely", lead.likelyCause());
    details.putAll(Accounts.lines(lead));
    put(details, "again", lead.rerun());
    if (!group.follow().isEmpty()) {
      put(details, "follows", Words.count(group.follow().size(), "more finding"));
    }
    return details;
  }

  private static void put(Map<String, String> details, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      details.put(name, value);
    }
  }

  /** What could not be judged and follows from no group: a line for each distinct reason. */
  private List<String> open() {
    Map<String, List<Finding>> reasons = new LinkedHashMap<>();
    for (Finding f : Status.wantingAttention(report)) {
      if (groups.holding(f).isEmpty()) {
        String reason = PREMISE.matcher(f.seen() == null ? "" : f.seen()).replaceFirst("");
        String key = Status.of(f) + Deviation.plain(reason);
        reasons.computeIfAbsent(key, r -> new ArrayList<>()).add(f);
      }
    }
    List<String> lines = new ArrayList<>();
    reasons.values().stream()
        .sorted(
            comparing((List<Finding> same) -> Status.of(same.getFirst()))
                .thenComparing(same -> -same.size()))
        .limit(MOST_REASONS)
        .forEach(same -> lines.add(reason(same)));
    int more = reasons.size() - MOST_REASONS;
    if (more > 0) {
      lines.add("  and " + Words.count(more, "more reason") + ": see the report, or --verbose");
    }
    return lines;
  }

  private String reason(List<Finding> same) {
    Finding first = same.getFirst();
    Status status = Status.of(first);
    String badge = String.format(Locale.ROOT, "%s %-14s", status.glyph(), status.label());
    String others = same.size() == 1 ? "" : " and " + Words.count(same.size() - 1, "more case");
    String why = first.seen() == null ? first.requirement() : first.seen();
    return "  "
        + ansi.paint(status, badge)
        + OneLine.of(first.title() + others + ": " + why, MOST_CHARACTERS);
  }
}
