package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;
import static dev.holdfast.scenarios.conformance.client.ClientBench.requireCame;

import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Section reconnect: how long a client waits before each attempt.
 *
 * <p>Measured from before the server ends a connection to when the next one arrives: never less
 * than the client waited, so the least delay is judged exactly; the most has room for a busy
 * machine, and the best of several rounds or attempts counts. Base, cap and jitter are what the
 * case asked for where the client obeys, else what the client declares, else the protocol's.
 */
final class DelayCases {
  /** A timer may fire this early by its rounding. */
  private static final long EARLY_MS = 5;

  private static final long BUSY_MS = 450;
  private static final int JITTER_ROUNDS = 10;
  private static final int CEILING_ROUNDS = 3;
  private static final long HEADER_MS = 2_000;
  private static final long DRAIN_MS = 1_500;

  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of(
                  "reconnect/delays-grow",
                  "The delay is the same before each attempt, or a library dials once more by itself.")
              .given(
                  "so many attempts failed that the last delay must exceed the first and all jitter",
                  b -> delays(b, reached(b, grownAt(b.pace()))))
              .then(DelayCases::grow)
              .quick(200)
              .waiting(p -> p.firstMs(grownAt(p))),
          ClientCase.of(
                  "reconnect/delay-formula", "floor", "The delay is shorter than base·2^(n−1).")
              .given("a connection was lost, and three attempts failed", b -> delays(b, 4))
              .then(DelayCases::floor)
              .quick(100)
              .waiting(p -> p.firstMs(4)),
          ClientCase.of(
                  "reconnect/delay-formula",
                  "ceiling",
                  "The delay is longer than the formula allows.")
              .given(
                  "a connection was lost and three attempts failed, up to three times",
                  DelayCases::shortest)
              .then((b, least) ->
                  requireCame(
                      !isAbove(least, b.pace()),
                      "delays of at most " + most(b.pace(), least.size()) + " ms",
                      "delays of " + least + " ms at best"))
              .quick(150)
              .waiting(p -> p.firstMs(4)),
          ClientCase.of("reconnect/delay-formula", "cap", "The delay grows without bound.")
              .given(
                  "so many attempts failed that the delay without a cap would be twice as long",
                  b -> delays(b, reached(b, capShown(b.pace()))))
              .then(DelayCases::cap)
              .quick(100)
              .wishing(Setting.RECONNECT_CAP_MS, 300)
              .waiting(p -> p.firstMs(capShown(p))),
          ClientCase.of(
                  "reconnect/delay-formula",
                  "jitter",
                  "All clients reconnect at the same moment: no part of the delay is random.")
              .given(
                  "the first delay after a loss was measured up to ten times",
                  b -> {
                    if (b.pace().jitterMs() == 0) {
                      throw new Unsupported("the client declares a jitter of 0");
                    }
                    return firstDelays(b);
                  })
              .then((b, delays) ->
                  require(
                      varies(delays, b.pace()),
                      "first delays that differ by chance, by up to " + b.pace().jitterMs() + " ms",
                      "delays of " + delays + " ms"))
              .wishing(Setting.RECONNECT_BASE_MS, 20)
              .wishing(Setting.RECONNECT_JITTER_MS, 1_000)
              .waiting(p -> p.mostMs(1) * 3),
          ClientCase.of(
                  "reconnect/delay-defaults",
                  "first-delay",
                  "Base or jitter differ from the protocol's.")
              .given(
                  "a client that is not configured otherwise lost its connection",
                  b -> {
                    if (b.pace().baseMs() != Setting.RECONNECT_BASE_MS.standard()
                        || b.pace().jitterMs() != Setting.RECONNECT_JITTER_MS.standard()) {
                      throw new Unsupported("the client declares that it is configured otherwise");
                    }
                    return delays(b, 1).getFirst();
                  })
              .then(DelayCases::defaults)
              .waiting(p -> p.mostMs(1)),
          ClientCase.of(
                  "reconnect/retry-after-header-is-a-floor",
                  "The header is not read, or cannot be seen from a browser.")
              .given(
                  "a handshake was refused with Retry-After: 2, and another attempt came",
                  DelayCases::afterRefusal)
              .then((b, delay) -> atLeast(HEADER_MS, delay))
              .quick(50)
              .waiting(p -> HEADER_MS + p.mostMs(1)),
          ClientCase.of(
                  "reconnect/retry-after-ms-is-a-floor",
                  "What the server says in status{drain} is not kept for the next attempt.")
              .given(
                  "status{drain} with retry_after_ms 1500 came before a close, and another attempt"
                      + " afterwards",
                  DelayCases::afterDrain)
              .then((b, delay) -> atLeast(DRAIN_MS, delay))
              .quick(50)
              .waiting(p -> DRAIN_MS + p.mostMs(1)),
          ClientCase.of(
                  "reconnect/core-count-resets-after-open",
                  "The count of attempts is never reset, or only when the client gives up.")
              .given(
                  "attempts failed, and a connection that showed a frame was lost",
                  b -> afterProof(b, true, b.ready().resetsWhenStable()))
              .then(DelayCases::isReset)
              .quick(250)
              .wishing(Setting.STABLE_MS, 200)
              .waiting(p -> p.firstMs(resetShown(p))),
          ClientCase.of(
                  "reconnect/count-resets-when-stable",
                  "by-time",
                  "Time that a connection was open does not count.")
              .given(
                  "attempts failed, and a connection that was stable was lost",
                  b -> afterProof(b, false, true))
              .then(DelayCases::isReset)
              .quick(250)
              .wishing(Setting.STABLE_MS, 200)
              .waiting(p -> p.firstMs(resetShown(p)) + p.get(Setting.STABLE_MS)),
          ClientCase.of(
                  "reconnect/count-resets-when-stable",
                  "by-position",
                  "A new position does not count as progress.")
              .given(
                  "attempts failed, and a connection that brought a position was lost",
                  b -> afterProof(b, true, false))
              .then(DelayCases::isReset)
              .quick(250)
              .waiting(p -> p.firstMs(resetShown(p))),
          ClientCase.of(
                  "reconnect/count-stays-when-unstable",
                  "Every open connection resets the count, so that a server that drops every"
                      + " connection is hammered.")
              .given(
                  "attempts failed, and a connection that brought nothing new was lost at once",
                  b -> afterProof(b, false, false))
              .then((b, delay) -> {
                long least = b.pace().leastMs(resetShown(b.pace())) - EARLY_MS;
                require(
                    delay >= least, "at least " + least + " ms, for the count stays", ms(delay));
              })
              .quick(100)
              .waiting(p -> p.firstMs(resetShown(p))));

  private DelayCases() {}

  private static String ms(long delay) {
    return "a delay of " + delay + " ms";
  }

  /** The number of attempts, where there is one. */
  private static int reached(ClientBench b, int attempts) throws Unsupported {
    if (attempts == 0 || attempts > b.pace().attempts()) {
      throw new Unsupported(
          String.format(
              Locale.ROOT,
              "with a base of %d ms, a cap of %d ms and a jitter of %d ms no delay can show it",
              b.pace().baseMs(),
              b.pace().get(Setting.RECONNECT_CAP_MS),
              b.pace().jitterMs()));
    }
    return attempts;
  }

  /** The attempt whose delay exceeds the first two, whatever their jitter; at least the fourth. */
  private static int grownAt(Pace pace) {
    int n = pace.attemptAbove(pace.mostMs(2) * 12 / 10);
    return n == 0 ? 0 : Math.max(4, pace.jitterMs() == 0 ? n : n + 1);
  }

  /** The second attempt whose delay without a cap would be twice what the cap allows. */
  private static int capShown(Pace pace) {
    long most = 2 * (pace.get(Setting.RECONNECT_CAP_MS) + pace.jitterMs() + BUSY_MS);
    int n = 1;
    while (n < 40 && pace.baseMs() << (n - 1) < most) {
      n++;
    }
    return n + 1;
  }

  /** The attempt whose delay, without a reset, exceeds the first delay with all its jitter. */
  private static int resetShown(Pace pace) {
    int n = pace.attemptAbove(pace.mostMs(1) + BUSY_MS);
    return n == 0 ? 0 : Math.max(3, n);
  }

  /** The delays before the first attempts after a loss, all but the last of which fail. */
  private static List<Long> delays(ClientBench b, int count) throws Exception {
    b.triesAtLeast(count);
    Visit visit = Scenes.hearing(b, "before-it");
    List<Long> delays = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      long lostMs = b.log().nowMs();
      visit.reset();
      // As long as a client without a cap may take.
      visit = b.visitWithin((b.pace().baseMs() << (i - 1)) + b.pace().jitterMs() + b.patienceMs());
      delays.add(visit.visitor().arrivedMs() - lostMs);
    }
    return delays;
  }

  private static void grow(ClientBench b, List<Long> delays) throws Exception {
    int last = delays.size();
    long early = Math.min(delays.get(0), delays.get(1));
    long late = Math.min(delays.get(last - 2), delays.get(last - 1));
    require(late * 10 > early * 12, "later delays to be longer", "delays of " + delays + " ms");
  }

  private static void floor(ClientBench b, List<Long> delays) throws Exception {
    for (int n = 1; n <= delays.size(); n++) {
      long least = b.pace().leastMs(n) - EARLY_MS;
      require(
          delays.get(n - 1) >= least,
          "at least " + least + " ms before attempt " + n,
          "delays of " + delays + " ms");
    }
  }

  /** A machine may be busy once in a while, but hardly before the same attempt in every round. */
  private static List<Long> shortest(ClientBench b) throws Exception {
    b.triesAtLeast(4);
    List<Long> least = new ArrayList<>(Collections.nCopies(4, Long.MAX_VALUE));
    Visit visit = b.greeted();
    for (int round = 0; round < CEILING_ROUNDS && isAbove(least, b.pace()); round++) {
      b.isShown(visit, "round-" + round);
      for (int n = 1; n <= least.size(); n++) {
        long lostMs = b.log().nowMs();
        visit.reset();
        visit = b.visit(n);
        least.set(n - 1, Math.min(least.get(n - 1), visit.visitor().arrivedMs() - lostMs));
      }
      visit.greet();
    }
    return least;
  }

  private static boolean isAbove(List<Long> delays, Pace pace) {
    for (int n = 1; n <= delays.size(); n++) {
      if (delays.get(n - 1) > pace.mostMs(n) + BUSY_MS) {
        return true;
      }
    }
    return false;
  }

  private static List<Long> most(Pace pace, int count) {
    List<Long> most = new ArrayList<>();
    for (int n = 1; n <= count; n++) {
      most.add(pace.mostMs(n));
    }
    return most;
  }

  private static void cap(ClientBench b, List<Long> delays) throws Exception {
    int count = delays.size();
    long best = Collections.min(delays.subList(count - 2, count));
    long most = b.pace().mostMs(count);
    requireCame(
        best <= most + BUSY_MS, "no delay above " + most + " ms", "delays of " + delays + " ms");
  }

  private static List<Long> firstDelays(ClientBench b) throws Exception {
    List<Long> delays = new ArrayList<>();
    Visit visit = b.greeted();
    for (int i = 0; i < JITTER_ROUNDS && !varies(delays, b.pace()); i++) {
      b.isShown(visit, "round-" + i);
      long lostMs = b.log().nowMs();
      visit.reset();
      visit = b.greeted();
      delays.add(visit.visitor().arrivedMs() - lostMs);
    }
    return delays;
  }

  /** Whether two delays at least exceed the shortest by more: one alone may be a busy machine's. */
  private static boolean varies(List<Long> delays, Pace pace) {
    long enough = pace.jitterMs() * 15 / 100;
    long shortest = delays.isEmpty() ? 0 : Collections.min(delays);
    return delays.stream().filter(delay -> delay - shortest > enough).count() > 1;
  }

  private static void defaults(ClientBench b, long delay) throws Exception {
    String expected = "1 000 to 2 000 ms before the first attempt";
    require(delay >= 1_000 - EARLY_MS, expected, delay + " ms");
    requireCame(delay <= 2_000 + 3 * BUSY_MS, expected, delay + " ms");
  }

  private static void atLeast(long ms, long delay) throws Exception {
    require(delay >= ms - EARLY_MS, "no attempt for " + ms + " ms", "one after " + delay + " ms");
  }

  private static long afterRefusal(ClientBench b) throws Exception {
    long refusedMs = b.log().nowMs();
    b.visit().visitor().refuse(503, "Retry-After: 2\r\n", "{\"code\":\"draining\"}");
    return b.visitWithin(HEADER_MS + b.pace().mostMs(1) + b.patienceMs()).visitor().arrivedMs()
        - refusedMs;
  }

  private static long afterDrain(ClientBench b) throws Exception {
    Visit visit = Scenes.hearing(b, "before-it");
    visit.frame(Json.frame("status", "status", "drain", "retry_after_ms", DRAIN_MS));
    long closedMs = b.log().nowMs();
    visit.close(4001, "drain");
    return b.visitWithin(DRAIN_MS + b.pace().mostMs(1) + b.patienceMs()).visitor().arrivedMs()
        - closedMs;
  }

  /**
   * Failures, a connection that may prove itself, and the delay that follows its loss.
   *
   * @param shows whether the connection brings something new
   * @param lasts whether it lives for longer than what counts as stable
   */
  private static long afterProof(ClientBench b, boolean shows, boolean lasts) throws Exception {
    int nth = reached(b, resetShown(b.pace()));
    b.visit(1).reset();
    for (int i = 1; i < nth - 1; i++) {
      b.visit(i).reset();
    }
    Visit proved = b.visit(nth - 1).greet();
    b.client().state("connected", b.patienceMs());
    if (shows) {
      b.isShown(proved, "progress");
    }
    if (lasts) {
      b.rest(2 * b.pace().get(Setting.STABLE_MS));
    }
    long lostMs = b.log().nowMs();
    proved.reset();
    return b.visit(nth).visitor().arrivedMs() - lostMs;
  }

  private static void isReset(ClientBench b, long delay) throws Exception {
    requireCame(
        delay < b.pace().leastMs(resetShown(b.pace())),
        "the first delay again, of at most " + b.pace().mostMs(1) + " ms",
        ms(delay) + ", as if the count had not been reset");
  }
}
