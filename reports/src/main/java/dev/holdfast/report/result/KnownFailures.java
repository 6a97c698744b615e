package dev.holdfast.report.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The list of failures that are expected for now, each with its reason.
 *
 * <p>One address, glob or group id a line, then {@code # reason}. An expected failure does not fail
 * the run; an expected failure that passes does, and so does a line that names nothing, so that the
 * list never outlives what it lists.
 */
public record KnownFailures(List<Entry> entries) {

  /**
   * One line of the list.
   *
   * @param where file and line
   * @param flaky it may pass too
   */
  public record Entry(String where, Glob glob, String reason, boolean flaky) {}

  /** Findings with the expected failures marked, and what is wrong with the list. */
  public record Applied(List<Finding> findings, List<KnownFailureNote> notes) {}

  public KnownFailures {
    entries = List.copyOf(entries);
  }

  /** No failure is expected. */
  public static KnownFailures none() {
    return new KnownFailures(List.of());
  }

  /** Reads failures that are expected each time. */
  public static KnownFailures failing(Path file) {
    return read(file, false);
  }

  /** Reads failures that come and go: passing is as good as failing. */
  public static KnownFailures flaky(Path file) {
    return read(file, true);
  }

  /** Both lists as one. */
  public KnownFailures and(KnownFailures other) {
    return new KnownFailures(Stream.concat(entries.stream(), other.entries.stream()).toList());
  }

  private static KnownFailures read(Path file, boolean flaky) {
    try {
      return parse(file.toString(), Files.readAllLines(file), flaky);
    } catch (IOException e) {
      throw new KnownFailuresException(
          file + ": cannot read the list of known failures: " + Problem.describe(e), e);
    }
  }

  static KnownFailures parse(String name, List<String> lines, boolean flaky) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = (i == 0 ? withoutMark(lines.get(i)) : lines.get(i)).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        entries.add(entry(name + ":" + (i + 1), line, flaky));
      }
    }
    return new KnownFailures(entries);
  }

  /** Editors on Windows begin a file with a byte order mark. */
  private static String withoutMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  private static Entry entry(String where, String line, boolean flaky) {
    int hash = line.indexOf('#');
    String pattern = (hash < 0 ? line : line.substring(0, hash)).strip();
    String reason = hash < 0 ? "" : line.substring(hash + 1).strip();
    if (reason.isEmpty()) {
      throw new KnownFailuresException(
          where + ": " + pattern + " has no reason; write it after the address: # why it fails");
    }
    if (pattern.chars().anyMatch(Character::isWhitespace)) {
      throw new KnownFailuresException(
          where + ": one address a line, then # and the reason; found \"" + pattern + "\"");
    }
    return new Entry(where, new Glob(pattern), reason, flaky);
  }

  /** Whether this finding makes a run fail that expects these failures. */
  public boolean failedBy(Finding finding, boolean strict) {
    return mark(finding).fails(strict);
  }

  /**
   * Marks the expected failures among findings.
   *
   * @param everyAddress all addresses that exist; a line for one that was not run is no error
   */
  public Applied applyTo(List<Finding> findings, Collection<String> everyAddress) {
    List<Finding> marked = findings.stream().map(this::mark).toList();
    Set<String> addresses = new LinkedHashSet<>(everyAddress);
    findings.forEach(f -> addresses.add(f.address()));
    List<KnownFailureNote> notes = new ArrayList<>();
    for (Entry entry : entries) {
      Optional<KnownGroup> group = KnownGroup.in(entry.glob().pattern());
      if (group.isPresent()) {
        note(entry, group.get(), findings, addresses).ifPresent(notes::add);
      } else if (addresses.stream().noneMatch(entry.glob()::matches)) {
        notes.add(unmatched(entry));
      } else if (!entry.flaky()) {
        unexpectedPasses(entry, findings).forEach(notes::add);
      }
    }
    return new Applied(marked, notes);
  }

  private static Optional<KnownFailureNote> note(
      Entry entry, KnownGroup group, List<Finding> findings, Collection<String> addresses) {
    if (!group.exists(addresses)) {
      return Optional.of(unmatched(entry));
    }
    return !entry.flaky() && group.passes(findings, addresses)
        ? Optional.of(passed(entry, "this group"))
        : Optional.empty();
  }

  private Finding mark(Finding finding) {
    return switch (finding.verdict()) {
      case FAIL, WARN ->
          entryFor(finding).map(e -> finding.knownBecause(e.reason())).orElse(finding);
      case PASS, INCONCLUSIVE, NOT_APPLICABLE, HARNESS_ERROR -> finding;
    };
  }

  private Optional<Entry> entryFor(Finding finding) {
    return entries.stream().filter(e -> names(e, finding)).findFirst();
  }

  private static boolean names(Entry entry, Finding finding) {
    return entry.glob().matches(finding.address())
        || KnownGroup.in(entry.glob().pattern()).filter(g -> g.holds(finding)).isPresent();
  }

  private static KnownFailureNote unmatched(Entry entry) {
    return new KnownFailureNote(
        KnownFailureNote.Kind.UNMATCHED,
        entry.where(),
        entry.glob().pattern(),
        "names nothing that exists; correct or delete the line");
  }

  private static Stream<KnownFailureNote> unexpectedPasses(Entry entry, List<Finding> findings) {
    return findings.stream()
        .filter(f -> f.verdict() == Verdict.PASS && entry.glob().matches(f.address()))
        .map(f -> passed(entry, f.address()));
  }

  private static KnownFailureNote passed(Entry entry, String what) {
    return new KnownFailureNote(
        KnownFailureNote.Kind.UNEXPECTED_PASS,
        entry.where(),
        entry.glob().pattern(),
        what + " passes now; delete the line");
  }

  /**
   * The lines to write for failures that are to be expected from now on.
   *
   * @param strict whether a warning is a failure
   */
  public static List<String> linesFor(List<Finding> findings, boolean strict) {
    return findings.stream()
        .filter(f -> f.verdict() == Verdict.FAIL || (strict && f.verdict() == Verdict.WARN))
        .map(f -> f.address() + "  # " + OneLine.of(f.seen() == null ? "fails" : f.seen(), 100))
        .distinct()
        .sorted()
        .toList();
  }
}
