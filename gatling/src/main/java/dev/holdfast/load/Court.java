package dev.holdfast.load;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryCodec;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.CheckResult;
import dev.holdfast.report.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Has every conversation judged, counts, and keeps the first one that broke; any thread. */
final class Court {
  private final ConversationJudge judge;
  private final Path evidence;
  private long checked;
  private long broken;
  private final Map<String, Long> brokenBy = new TreeMap<>();
  private @Nullable Broken first;
  private @Nullable IOException fault;

  /**
   * @param evidence where the first broken conversation is kept, as a history
   */
  Court(ConversationJudge judge, Path evidence) {
    this.judge = judge;
    this.evidence = evidence;
  }

  /** The clock of a load, and how many connections were open when. */
  interface Clock {
    /** When that was, in milliseconds since the load started. */
    long atMs(long nanos);

    int connectionsAt(long nanos);
  }

  /**
   * Judges a conversation; of those that broke the one that broke first is kept.
   *
   * @return what broke, if anything did
   */
  Optional<Broken> hear(
      String person, Profile profile, List<HistoryRecord> conversation, Clock clock) {
    List<CheckResult> checks = judge.judge(profile, conversation);
    if (checks.stream().noneMatch(c -> c.verdict() == Verdict.FAIL)) {
      held();
      return Optional.empty();
    }
    long nanos = new BreakingPoint(judge, profile, conversation).nanos(checks);
    Broken found = new Broken(person, clock.atMs(nanos), clock.connectionsAt(nanos), checks);
    count(found, conversation);
    return Optional.of(found);
  }

  private synchronized void held() {
    checked++;
  }

  private synchronized void count(Broken found, List<HistoryRecord> conversation) {
    checked++;
    broken++;
    found.checks().stream()
        .filter(c -> c.verdict() == Verdict.FAIL)
        .forEach(c -> brokenBy.merge(c.checker(), 1L, Long::sum));
    if (first == null || found.atMs() < first.atMs()) {
      first = found;
      keep(conversation);
    }
  }

  /** A verdict stands without its exhibit; that the exhibit is not there is said. */
  private void keep(List<HistoryRecord> conversation) {
    try {
      String lines =
          conversation.stream()
              .map(r -> HistoryCodec.write(r) + "\n")
              .collect(Collectors.joining());
      Files.writeString(evidence, lines);
    } catch (IOException e) {
      fault = e;
    }
  }

  /** Why the first broken conversation could not be kept; null when it could. */
  synchronized @Nullable IOException fault() {
    return fault;
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
