package dev.holdfast.scenarios.honest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Glob;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Pace;
import dev.holdfast.scenarios.conformance.ServerCases;
import dev.holdfast.scenarios.conformance.ServerCheck;
import dev.holdfast.scenarios.honest.Oddity.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No odd server is accused of what it did not do, and most cases come to a judgement of it. */
@Timeout(value = 900, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OddServersTest {
  static final int JUDGED_PERCENT = 80;

  /** A share of a few cases says nothing. */
  private static final int FEW = 50;

  static List<Oddity> all() {
    return Oddities.ALL;
  }

  @Test
  void everyOddServerHasItsOwnNameAndSomeAreInEachLanguage() {
    assertEquals(
        Oddities.ALL.size(),
        new HashSet<>(Oddities.ALL.stream().map(Oddity::name).toList()).size());
    assertTrue(Oddities.ALL.size() >= 16, "too few odd servers");
    for (Oddity.Language language : Oddity.Language.values()) {
      long written =
          Oddities.ALL.stream()
              .filter(o -> o.manner() instanceof Manner.Program p && p.language() == language)
              .count();
      assertTrue(written >= (language == Oddity.Language.GO ? 1 : 3), "too few in " + language);
    }
  }

  @Test
  void everyTrueWarningNamesACase() {
    for (Oddity oddity : Oddities.ALL) {
      for (Oddity.Warning w : oddity.warnings()) {
        var glob = new Glob(w.glob());
        assertTrue(
            ServerCases.ALL.stream().anyMatch(c -> glob.matches(c.address())),
            oddity + " expects a warning of no case: " + w.glob());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pongs-without-reply-to", "null-fields", "pretty-printed"})
  void threeAreNotAccused(String name) throws Exception {
    notAccused(Oddities.find(name).orElseThrow(), one -> !takesLonger(one));
  }

  @Tag("ci")
  @ParameterizedTest
  @MethodSource("all")
  void aTenthOfTheCasesAccusesNone(Oddity oddity) throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("OddServersTest " + oddity + ": -Dseed=" + seed);
    Random chance = new Random(seed);
    notAccused(oddity, one -> chance.nextInt(10) == 0 && !takesLonger(one));
  }

  @Tag("lab")
  @ParameterizedTest
  @MethodSource("all")
  void noCaseAccusesAny(Oddity oddity) throws Exception {
    notAccused(oddity, one -> true);
  }

  /** Whether a case fills queues or starts its server several times. */
  private static boolean takesLonger(Case one) {
    return Stream.of(Need.LONG_ANSWER, Need.FRESH_PROCESS, Need.TIME)
            .anyMatch(one.needs()::contains)
        || one.address().equals("queue/slow-consumer-closes-4002");
  }

  private static void notAccused(Oddity oddity, Predicate<Case> chosen) throws Exception {
    OddServer.assumeRunnable(oddity);
    List<Case> cases =
        ServerCases.ALL.stream()
            .filter(c -> c.profile() == Profile.CORE && chosen.test(c))
            .toList();
    List<Finding> found;
    try (OddServer server = OddServer.start(oddity, 0)) {
      found =
          new ServerCheck(
                  server.target(), Progress.SILENT, "holdfast check server", 7, Pace.STANDARD)
              .play(cases, f -> {});
    }
    System.out.println(oddity + ": " + counted(found));
    assertEquals("", String.join("\n", accusations(oddity, found)), "false accusations");
    judgedEnough(oddity, found);
  }

  private static List<String> accusations(Oddity oddity, List<Finding> found) {
    List<String> accusations = new ArrayList<>();
    for (Finding f : found) {
      boolean warned = f.verdict() == Verdict.WARN && !oddity.mayWarn(f.address());
      if (f.verdict() == Verdict.FAIL || warned) {
        accusations.add(oddity + " at " + shown(f));
      }
    }
    return accusations;
  }

  private static void judgedEnough(Oddity oddity, List<Finding> found) throws IOException {
    Map<Verdict, Long> counts = counted(found);
    long applies = found.size() - counts.getOrDefault(Verdict.NOT_APPLICABLE, 0L);
    long judged = counts.getOrDefault(Verdict.PASS, 0L) + counts.getOrDefault(Verdict.WARN, 0L);
    if (Judged.MEASURE.equals(System.getProperty(Judged.PROPERTY))) {
      Judged.write(oddity.name(), judged, applies);
    }
    assertTrue(
        applies < FEW || judged * 100 >= applies * JUDGED_PERCENT,
        () -> oddity + ": only " + judged + " of " + applies + " cases were judged");
  }

  private static Map<Verdict, Long> counted(List<Finding> found) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    found.forEach(f -> counts.merge(f.verdict(), 1L, Long::sum));
    return counts;
  }

  @Test
  void pageIsUpToDate() throws IOException {
    if ("write".equals(System.getProperty(Judged.PROPERTY))) {
      Files.writeString(HonestPage.file(), HonestPage.page());
    }
    assertEquals(
        HonestPage.page(),
        HonestPage.written(),
        "docs/honest-oddities.md is stale; " + HonestPage.COMMAND);
  }

  private static String shown(Finding f) {
    StringBuilder shown = new StringBuilder();
    shown.append(f.address()).append(": ").append(f.verdict());
    shown.append(", expected ").append(f.expected()).append(", saw ").append(f.seen());
    f.trace().forEach(line -> shown.append("\n    ").append(line));
    return shown.toString();
  }
}
