package dev.holdfast.report.result;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Findings that most probably have one cause.
 *
 * @param id the clause and what came instead, the same in each run: {@code
 *     heartbeat/ping-is-answered:close-1002-ping}
 * @param came what came instead
 * @param lead the finding that shows it best
 * @param same the findings of this clause that saw the same, the lead first
 * @param follow findings of other clauses that are consequences of it
 */
public record Group(
    String id, Deviation came, Finding lead, List<Finding> same, List<Finding> follow) {
  static final String IN_RESUME = "/in-resume";

  public Group {
    same = List.copyOf(same);
    follow = List.copyOf(follow);
  }

  /** The id of the group that a failure or a warning belongs to, whatever else was found. */
  public static String idOf(Finding finding) {
    return clauseOf(finding) + ":" + Deviation.of(finding).slug();
  }

  /** The clause of a finding, and the stage where it is not conformance. */
  static String clauseOf(Finding finding) {
    String clause = finding.clause().isEmpty() ? finding.address() : finding.clause();
    return finding.stage() == Stage.CONFORMANCE ? clause : finding.stage() + ":" + clause;
  }

  /** What the group is about, for a heading. */
  public String title() {
    return lead.clause().isEmpty() ? lead.title() : lead.clause();
  }

  /** Whether it makes the run fail. */
  public boolean fails(boolean strict) {
    return same.stream().anyMatch(f -> f.fails(strict));
  }

  /** Whether a finding is in it, as one of its cases or as a consequence. */
  public boolean holds(Finding finding) {
    // The address first: to compare whole traces takes long.
    return Stream.concat(same.stream(), follow.stream())
        .anyMatch(f -> f.address().equals(finding.address()) && f.equals(finding));
  }

  Group followedBy(List<Finding> more) {
    List<Finding> all = new ArrayList<>(follow);
    all.addAll(more);
    return new Group(id, came, lead, same, all);
  }

  /**
   * Whether a group of other findings is a consequence of this one. Silence is a consequence where
   * the same inputs were answered by nothing here; anything else where exactly the same came.
   */
  boolean explains(Group other) {
    if (came.equals(Deviation.NOTHING)) {
      return other.came.equals(Deviation.NOTHING)
          && lead.verdict() == Verdict.FAIL
          && other.lead.verdict() == Verdict.WARN
          && variants().containsAll(other.variants());
    }
    return !came.mark().isEmpty() && came.equals(other.came);
  }

  /** The inputs that its cases send; the address itself where a clause has one case only. */
  private List<String> variants() {
    return same.stream()
        .map(f -> f.address().replaceFirst(IN_RESUME + "$", ""))
        .map(a -> a.startsWith(lead.clause() + "/") ? a.substring(lead.clause().length()) : a)
        .toList();
  }
}
