package dev.holdfast.scenarios.broken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Group;
import dev.holdfast.report.result.Groups;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.ServerCases;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * One cause, one group: over the findings that checks of broken servers gave, each of which is
 * wrong in one way. They are kept in {@code findings.tsv}; nothing is played here. Cases that wait
 * for slow answers are left out: the patience was 1.5 s.
 */
class GroupsOfBrokenServersTest {
  private static final int FEW = 3;

  /** Servers whose one fault shows in more different ways. */
  private static final Set<String> IN_MORE_GROUPS =
      Set.of(
          "broadcasts-answers",
          "drops-unknown-fields",
          "one-at-a-time",
          "replays-twice",
          "wants-ping-ids",
          "works-side-by-side");

  /** Servers of which another clause comes first than the one that names the fault. */
  private static final Set<String> NAMED_LATER =
      Set.of(
          "bad-frame-stops-all",
          "broadcasts-answers",
          "one-at-a-time",
          "replays-twice",
          "swallows-bad-utf8",
          "works-twice");

  @Test
  void oneFaultIsFewGroups() throws IOException {
    Set<String> many = new TreeSet<>();
    all()
        .forEach((name, groups) -> {
          if (groups.size() > FEW) {
            many.add(name);
          }
        });
    assertEquals(new TreeSet<>(IN_MORE_GROUPS), many);
  }

  @Test
  void theFirstGroupHoldsACaseThatLooksForTheFault() throws IOException {
    Set<String> later = new TreeSet<>();
    all()
        .forEach((name, groups) -> {
          if (!holdsTheFault(groups.getFirst(), name)) {
            later.add(name);
          }
        });
    assertEquals(new TreeSet<>(NAMED_LATER), later);
  }

  @Test
  void twoFaultsAreTwoGroups() throws IOException {
    Map<String, List<Finding>> findings = findings();
    Map<String, List<Group>> single = all();
    Set<String> folded = new TreeSet<>();
    for (String one : single.keySet()) {
      for (String other : single.keySet()) {
        String first = single.get(one).getFirst().id();
        String second = single.get(other).getFirst().id();
        if (one.compareTo(other) < 0 && !first.equals(second)) {
          List<Finding> both = new ArrayList<>(findings.get(one));
          both.addAll(findings.get(other));
          List<String> ids = groups(both).stream().map(Group::id).toList();
          if (!ids.containsAll(List.of(first, second))) {
            folded.add(one + " and " + other);
          }
        }
      }
    }
    assertEquals(Set.of(), folded);
  }

  @Test
  void theFileHoldsManyServers() throws IOException {
    assertTrue(all().size() >= 30);
  }

  private static boolean holdsTheFault(Group group, String name) {
    BrokenTwin twin = BrokenServers.find(name).orElseThrow();
    return ServerCases.ALL.stream()
            .filter(c -> c.clause().equals(group.lead().clause()))
            .anyMatch(c -> twin.isLookedForBy(c.address()))
        || group.follow().stream().anyMatch(f -> twin.isLookedForBy(f.address()));
  }

  /** The groups of each server that any case of profile core noticed. */
  private static Map<String, List<Group>> all() throws IOException {
    Map<String, List<Group>> all = new LinkedHashMap<>();
    findings()
        .forEach((name, own) -> {
          List<Group> groups = groups(own);
          if (!groups.isEmpty()) {
            all.put(name, groups);
          }
        });
    return all;
  }

  private static List<Group> groups(List<Finding> findings) {
    return Groups.of(findings.stream().sorted(Comparator.comparing(Finding::address)).toList())
        .all();
  }

  /** What each server was found to do; the cases that the file does not name passed. */
  private static Map<String, List<Finding>> findings() throws IOException {
    Map<String, Map<String, String[]>> rows = new LinkedHashMap<>();
    try (InputStream in = GroupsOfBrokenServersTest.class.getResourceAsStream("findings.tsv")) {
      String text = new String(requireNonNull(in).readAllBytes(), UTF_8);
      for (String line : text.lines().toList()) {
        if (!line.startsWith("#")) {
          String[] row = line.split("\t", 4);
          rows.computeIfAbsent(row[0], n -> new LinkedHashMap<>()).put(row[2], row);
        }
      }
    }
    Map<String, List<Finding>> findings = new LinkedHashMap<>();
    rows.forEach((name, own) -> findings.put(name, played(own)));
    return findings;
  }

  private static List<Finding> played(Map<String, String[]> rows) {
    List<Finding> findings = new ArrayList<>();
    for (Case c : ServerCases.ALL) {
      if (c.profile() == Profile.CORE && !c.needs().contains(Need.TIME)) {
        var finding =
            Finding.about(Stage.CONFORMANCE, c.address(), c.sentence())
                .clause(c.clause())
                .level(c.level());
        String[] row = rows.get(c.address());
        findings.add(
            row == null
                ? finding.pass()
                : finding.verdict(Verdict.valueOf(row[1].toUpperCase(Locale.ROOT)), row[3]));
      }
    }
    return findings;
  }
}
