package dev.holdfast.report.result;

import static dev.holdfast.report.result.Verdict.INCONCLUSIVE;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The probable causes of what went wrong, worst first.
 *
 * @param all each with what follows from it
 */
public record Groups(List<Group> all) {
  /** A case that is its clause, of profile core, shows most. */
  private static final Comparator<Finding> LEAD =
      comparing(Finding::verdict)
          .thenComparing(f -> f.address().endsWith(Group.IN_RESUME))
          .thenComparing(f -> f.profile().equals("resume"))
          .thenComparing(f -> !f.address().equals(f.clause()));

  public Groups {
    all = List.copyOf(all);
  }

  /** The groups of all failures and warnings that are not on the list of known failures. */
  public static Groups of(List<Finding> findings) {
    Map<String, List<Finding>> same = new LinkedHashMap<>();
    for (Finding f : findings) {
      if ((f.verdict() == Verdict.FAIL || f.verdict() == Verdict.WARN) && !f.isKnown()) {
        same.computeIfAbsent(Group.idOf(f), id -> new ArrayList<>()).add(f);
      }
    }
    List<Group> ranked = new ArrayList<>();
    same.forEach((id, own) -> {
      List<Finding> sorted = own.stream().sorted(LEAD).toList();
      Finding lead = sorted.getFirst();
      ranked.add(new Group(id, Deviation.of(lead), lead, sorted, List.of()));
    });
    ranked.sort(byAttention(findings));
    return new Groups(withInconclusive(folded(ranked), findings));
  }

  /**
   * Failures first, then what users suffer most, then clauses that failed in all their cases: one
   * that failed in a few of many may have failed for a reason that another clause names.
   */
  private static Comparator<Group> byAttention(List<Finding> findings) {
    Map<String, Long> judged = new LinkedHashMap<>();
    findings.stream()
        .filter(f -> f.verdict().compareTo(Verdict.WARN) <= 0)
        .forEach(f -> judged.merge(Group.clauseOf(f), 1L, Long::sum));
    return comparing((Group g) -> g.lead().verdict())
        .thenComparing(g -> g.lead().consequence())
        .thenComparing(
            g -> -(double) g.same().size() / judged.getOrDefault(Group.clauseOf(g.lead()), 1L));
  }

  private static List<Group> folded(List<Group> ranked) {
    List<Group> causes = new ArrayList<>();
    for (Group group : ranked) {
      int cause = 0;
      while (cause < causes.size() && !causes.get(cause).explains(group)) {
        cause++;
      }
      if (cause < causes.size()) {
        causes.set(cause, causes.get(cause).followedBy(group.same()));
      } else {
        causes.add(group);
      }
    }
    return causes;
  }

  private static List<Group> withInconclusive(List<Group> causes, List<Finding> findings) {
    List<Finding> open =
        new ArrayList<>(findings.stream().filter(f -> f.verdict() == INCONCLUSIVE).toList());
    List<Group> all = new ArrayList<>();
    for (Group cause : causes) {
      List<Finding> follow =
          open.stream().filter(f -> cause.came().isIn(requireNonNullElse(f.seen(), ""))).toList();
      open.removeAll(follow);
      all.add(cause.followedBy(follow));
    }
    return all;
  }

  /** The group that a finding is in, as one of its cases or as a consequence. */
  public Optional<Group> holding(Finding finding) {
    return all.stream().filter(g -> g.holds(finding)).findFirst();
  }
}
