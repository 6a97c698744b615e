package dev.holdfast.scenarios.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.scenarios.check.Checker;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty people and a server process that dies at random moments: nothing accepted is lost, nothing
 * runs twice, and three records of it agree: the people's, the store's and the audit log's.
 */
class SigkillTest {
  private static final int PEOPLE = 50;
  private static final int MOST_ENDS_A_LIFE = 40;
  private static final List<String> JUDGES =
      List.of("no_loss", "no_duplicate", "in_order", "one_terminal");

  @TempDir private Path folder;

  /** How a life of the server ends. */
  @FunctionalInterface
  private interface Ending {
    void of(MortalProcess server) throws IOException, InterruptedException;
  }

  @Test
  @Tag("ci")
  void losesNothingOverTenKills() throws Exception {
    talkOver(10, 900, MortalProcess::dieAndRise);
  }

  @Test
  @Tag("lab")
  void losesNothingOverTwoHundredKills() throws Exception {
    talkOver(200, 3_000, MortalProcess::dieAndRise);
  }

  /** Runs that are in progress end within the drain time, or are told to be interrupted. */
  @Test
  @Tag("ci")
  void nobodySeesASilentEndWhenItIsToldToStop() throws Exception {
    talkOver(2, 500, MortalProcess::stopAndRise);
  }

  private void talkOver(int lives, int mostPauseMs, Ending ending) throws Exception {
    long seed = System.nanoTime();
    System.out.println("lives and deaths: seed " + seed + ", " + lives + " deaths");
    SplittableRandom chance = new SplittableRandom(seed);
    CountDownLatch enough = new CountDownLatch(1);
    List<Talker> talkers = new ArrayList<>();
    try (MortalProcess server = new MortalProcess(folder);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> talks = new ArrayList<>();
      for (int i = 0; i < PEOPLE; i++) {
        var talker = new Talker("p" + i, server.url(), chance.split(), mostPauseMs, enough);
        talkers.add(talker);
        talks.add(threads.submit(() -> String.valueOf(talker.talk())));
      }
      awaitEverybodyAnswered(talkers);
      for (int i = 0; i < lives; i++) {
        live(talkers, chance);
        ending.of(server);
      }
      enough.countDown();
      for (Future<String> talk : talks) {
        assertEquals("null", talk.get(240, TimeUnit.SECONDS), this::serverLog);
      }
      talkers.forEach(Talker::close);
    }
    compare(talkers, lives);
  }

  /** Who fails before the first greeting would go on in profile core, which promises less. */
  private static void awaitEverybodyAnswered(List<Talker> talkers) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> talkers.stream().noneMatch(talker -> talker.ends().isEmpty()));
  }

  /**
   * Until so many more messages have ended, and a moment longer: a slow machine kills no sooner.
   */
  private static void live(List<Talker> talkers, SplittableRandom chance) {
    int enough = ends(talkers) + chance.nextInt(MOST_ENDS_A_LIFE);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1 + chance.nextInt(30)))
        .atMost(Duration.ofMinutes(2))
        .until(() -> ends(talkers) >= enough);
  }

  private static int ends(List<Talker> talkers) {
    return talkers.stream().mapToInt(talker -> talker.ends().size()).sum();
  }

  private void compare(List<Talker> talkers, int lives) throws IOException {
    Ledger ledger = new Ledger(folder);
    int said = 0;
    int cut = 0;
    for (Talker talker : talkers) {
      History history = new History(talker.history(), Profile.RESUME, Talker.QUICK, "process");
      for (String judge : JUDGES) {
        Checker.Judged judged = Checkers.named(judge).judge(history);
        assertEquals(Checker.Truth.TRUE, judged.truth(), talker.session() + judged.evidence());
      }
      ledger.compare(talker);
      said += talker.ends().size();
      cut +=
          (int)
              talker.ends().values().stream().filter(e -> e.outcome() != Outcome.ANSWERED).count();
    }
    System.out.println(lives + " deaths, " + said + " messages, " + cut + " cut and told");
    assertEquals(List.of(), ledger.complaints());
    assertTrue(said >= PEOPLE, "only " + said + " messages were said");
  }

  private String serverLog() {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("server.log"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 50), lines.size()));
    } catch (IOException e) {
      return "no log: " + e.getMessage();
    }
  }
}
