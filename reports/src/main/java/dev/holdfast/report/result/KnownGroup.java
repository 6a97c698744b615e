package dev.holdfast.report.result;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A line of the list of known failures that names a group by its id.
 *
 * @param id as {@link Group#id}
 */
record KnownGroup(String id) {

  /** The group that a line names; empty where it names an address. */
  static Optional<KnownGroup> in(String pattern) {
    return pattern.indexOf(':') < 0 ? Optional.empty() : Optional.of(new KnownGroup(pattern));
  }

  boolean holds(Finding finding) {
    return id.equals(Group.idOf(finding));
  }

  /** Whether an address that exists belongs to its clause; known of conformance cases only. */
  boolean exists(Collection<String> addresses) {
    return clause().indexOf(':') >= 0 || addresses.stream().anyMatch(this::isOfTheClause);
  }

  /** Whether all that exists of its clause was played and passed. */
  boolean passes(List<Finding> findings, Collection<String> addresses) {
    List<Finding> own = findings.stream().filter(f -> Group.clauseOf(f).equals(clause())).toList();
    List<String> played = own.stream().map(Finding::address).toList();
    return !own.isEmpty()
        && own.stream().allMatch(f -> f.verdict() == Verdict.PASS)
        && addresses.stream().filter(this::isOfTheClause).allMatch(played::contains);
  }

  private boolean isOfTheClause(String address) {
    return address.equals(clause()) || address.startsWith(clause() + "/");
  }

  private String clause() {
    return id.substring(0, id.lastIndexOf(':'));
  }
}
