package dev.holdfast.load;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryCodec;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Has every conversation judged, counts, and keeps the first one that broke; any thread. */
final class Court {
  private final ConversationJudge judge;
  private final Path evidence;
  private long checked;
  private long broken;
  private final Map<String, Long> brokenBy = new TreeMap<>();
  private @Nullable Broken first;

  /**
   * @param evidence where the first broken conversation is kept, as a history
   */
  Court(ConversationJudge judge, Path evidence) {
    this.judge = judge;
    this.evidence = evidence;
  }

  /**
   * Judges a conversation.
   *
   * @param atMs when it broke, should it turn out broken; the earliest of all is kept
   * @param connections how many were open then
   * @return what broke, if anything did
   */
  Optional<Broken> hear(
      String person,
      Profile profile,
      List<HistoryRecord> conversation,
      long atMs,
      int connections) {
    List<CheckResult> checks = judge.judge(profile, conversation);
    boolean fails = checks.stream().anyMatch(c -> c.verdict() == Verdict.FAIL);
    Broken found = new Broken(person, atMs, connections, checks);
    count(fails, found, conversation);
    return fails ? Optional.of(found) : Optional.empty();
  }

  private synchronized void count(boolean fails, Broken found, List<HistoryRecord> conversation) {
    checked++;
    if (!fails) {
      return;
    }
    broken++;
    found.checks().stream()
        .filter(c -> c.verdict() == Verdict.FAIL)
        .forEach(c -> brokenBy.merge(c.checker(), 1L, Long::sum));
    if (first == null || found.atMs() < first.atMs()) {
      first = found;
      keep(conversation);
    }
  }

  private void keep(List<HistoryRecord> conversation) {
    try {
      Files.write(evidence, conversation.stream().map(HistoryCodec::write).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized long checked() {
    return checked;
  }

  synchronized long broken() {
    return broken;
  }

  /** How many conversations each checker found broken. */
  synchronized Map<String, Long> brokenBy() {
    return Map.copyOf(brokenBy);
  }

  synchronized @Nullable Broken first() {
    return first;
  }
}
