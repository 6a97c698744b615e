package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Section reconnect: how long a client waits before each attempt.
 *
 * <p>Measured from before the server ends a connection to when the next one arrives: never less
 * than the client waited, so the least delay is judged exactly; the most has room for a busy
 * machine, and the best of several rounds or attempts counts.
 */
final class DelayCases {
  /** A timer may fire this early by its rounding. */
  private static final long EARLY_MS = 5;

  private static final long BUSY_MS = 450;
  private static final int JITTER_ROUNDS = 10;
  private static final int CEILING_ROUNDS = 3;

  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of(
                  "reconnect/delays-grow",
                  "The delay is the same before each attempt.",
                  DelayCases::grow)
              .quick(200)
              .waiting(p -> p.firstMs(4)),
          ClientCase.of(
                  "reconnect/delay-formula",
                  "floor",
                  "The delay is shorter than base·2^(n−1).",
                  DelayCases::floor)
              .quick(100)
              .waiting(p -> p.firstMs(4)),
          ClientCase.of(
                  "reconnect/delay-formula",
                  "ceiling",
                  "The delay is longer than the formula allows.",
                  DelayCases::ceiling)
              .quick(150)
              .waiting(p -> p.firstMs(4)),
          ClientCase.of(
                  "reconnect/delay-formula",
                  "cap",
                  "The delay grows without bound.",
                  DelayCases::cap)
              .quick(100)
              .wishing(Setting.RECONNECT_CAP_MS, 300)
              .waiting(p -> p.firstMs(capReached(p) + 3)),
          ClientCase.of(
                  "reconnect/delay-formula",
                  "jitter",
                  "All clients come back at the same moment: no part of the delay is random.",
                  DelayCases::jitter)
              .wishing(Setting.RECONNECT_BASE_MS, 20)
              .wishing(Setting.RECONNECT_JITTER_MS, 1_000)
              .waiting(p -> p.mostMs(1) * 3),
          ClientCase.of(
                  "reconnect/delay-defaults",
                  "first-delay",
                  "Base or jitter differ from the protocol's.",
                  DelayCases::defaults)
              .waiting(p -> p.mostMs(1)),
          ClientCase.of(
                  "reconnect/retry-after-header-is-a-floor",
                  "The header is not read, or cannot be seen from a browser.",
                  DelayCases::retryAfter)
              .quick(50)
              .waiting(p -> 2_000 + p.mostMs(1)),
          ClientCase.of(
                  "reconnect/retry-after-ms-is-a-floor",
                  "What the server says in status{drain} is not kept for the next attempt.",
                  DelayCases::drained)
              .quick(50)
              .waiting(p -> 1_500 + p.mostMs(1)),
          ClientCase.of(
                  "reconnect/core-count-resets-after-open",
                  "The count of attempts is never reset, or only when the client gives up.",
                  b -> resets(b, true, b.ready().resetsWhenStable()))
              .quick(250)
              .wishing(Setting.STABLE_MS, 200)
              .waiting(p -> p.firstMs(3)),
          ClientCase.of(
                  "reconnect/count-resets-when-stable",
                  "by-time",
                  "Time that a connection was open does not count.",
                  b -> resets(b, false, true))
              .quick(250)
              .wishing(Setting.STABLE_MS, 200)
              .waiting(p -> p.firstMs(3) + p.get(Setting.STABLE_MS)),
          ClientCase.of(
                  "reconnect/count-resets-when-stable",
                  "by-position",
                  "A new position does not count as progress.",
                  b -> resets(b, true, false))
              .quick(250)
              .waiting(p -> p.firstMs(3)),
          ClientCase.of(
                  "reconnect/count-stays-when-unstable",
                  "Every open connection resets the count, so that a server that drops"
                      + " everybody is hammered.",
                  DelayCases::unstable)
              .quick(100)
              .waiting(p -> p.firstMs(4)));

  private DelayCases() {}

  /** The delays before the first attempts after a loss, all but the last of which fail. */
  private static List<Long> delays(ClientBench b, int count) throws Exception {
    Visit visit = b.greeted();
    b.isShown(visit, "before-it");
    List<Long> delays = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      long lostMs = b.log().nowMs();
      visit.reset();
      visit = b.visit(i);
      delays.add(visit.visitor().arrivedMs() - lostMs);
    }
    return delays;
  }

  private static void grow(ClientBench b) throws Exception {
    List<Long> delays = delays(b, 4);
    long early = Math.min(delays.get(0), delays.get(1));
    long late = Math.min(delays.get(2), delays.get(3));
    require(late * 10 > early * 12, "later delays to be longer", "delays of " + delays + " ms");
  }

  private static void floor(ClientBench b) throws Exception {
    List<Long> delays = delays(b, 4);
    for (int n = 1; n <= delays.size(); n++) {
      long least = b.pace().leastMs(n) - EARLY_MS;
      require(
          delays.get(n - 1) >= least,
          "at least " + least + " ms before attempt " + n,
          "delays of " + delays + " ms");
    }
  }

  /** A machine may be busy once in a while, but hardly before the same attempt in every round. */
  private static void ceiling(ClientBench b) throws Exception {
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
    require(
        !isAbove(least, b.pace()),
        "delays of at most " + b.pace().mostMs(1) + " ms, doubled each time",
        "delays of " + least + " ms at best");
  }

  private static boolean isAbove(List<Long> delays, Pace pace) {
    for (int n = 1; n <= delays.size(); n++) {
      if (delays.get(n - 1) > pace.mostMs(n) + BUSY_MS) {
        return true;
      }
    }
    return false;
  }

  private static int capReached(Pace pace) {
    int n = 1;
    while (pace.leastMs(n) < pace.get(Setting.RECONNECT_CAP_MS)) {
      n++;
    }
    return n;
  }

  private static void cap(ClientBench b) throws Exception {
    int count = capReached(b.pace()) + 3;
    List<Long> delays = delays(b, count);
    // Without a cap these two would be several times as long as the room for a busy machine.
    long best = Collections.min(delays.subList(count - 2, count));
    long most = b.pace().mostMs(count);
    require(
        best <= most + BUSY_MS, "no delay above " + most + " ms", "delays of " + delays + " ms");
  }

  private static void jitter(ClientBench b) throws Exception {
    List<Long> delays = new ArrayList<>();
    long enough = b.pace().jitterMs() * 15 / 100;
    Visit visit = b.greeted();
    for (int i = 0; i < JITTER_ROUNDS; i++) {
      b.isShown(visit, "round-" + i);
      long lostMs = b.log().nowMs();
      visit.reset();
      visit = b.greeted();
      delays.add(visit.visitor().arrivedMs() - lostMs);
      if (varies(delays, enough)) {
        return;
      }
    }
    throw ClientBench.mismatch(
        "first delays that differ by chance, by up to " + b.pace().jitterMs() + " ms",
        "delays of " + delays + " ms");
  }

  /** Whether two delays at least exceed the shortest by more: one alone may be a busy machine's. */
  private static boolean varies(List<Long> delays, long byMoreThan) {
    long shortest = Collections.min(delays);
    return delays.stream().filter(delay -> delay - shortest > byMoreThan).count() > 1;
  }

  private static void defaults(ClientBench b) throws Exception {
    long delay = delays(b, 1).getFirst();
    require(
        delay >= 1_000 - EARLY_MS && delay <= 2_000 + 3 * BUSY_MS,
        "1 000 to 2 000 ms before the first attempt",
        delay + " ms");
  }

  private static void retryAfter(ClientBench b) throws Exception {
    long refusedMs = b.log().nowMs();
    b.visit().visitor().refuse(503, "Retry-After: 2\r\n", "{\"code\":\"draining\"}");
    long cameMs = b.visitWithin(2_000 + b.pace().mostMs(1) + b.patienceMs()).visitor().arrivedMs();
    require(
        cameMs - refusedMs >= 2_000 - EARLY_MS,
        "no attempt for 2 s",
        "one after " + (cameMs - refusedMs) + " ms");
  }

  private static void drained(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    b.isShown(visit, "before-it");
    visit.frame(Json.frame("status", "status", "drain", "retry_after_ms", 1_500));
    long closedMs = b.log().nowMs();
    visit.close(4001, "drain");
    long cameMs = b.visitWithin(1_500 + b.pace().mostMs(1) + b.patienceMs()).visitor().arrivedMs();
    require(
        cameMs - closedMs >= 1_500 - EARLY_MS,
        "no attempt for 1 500 ms",
        "one after " + (cameMs - closedMs) + " ms");
  }

  /** Two failures, a connection that proves itself, and then the first delay again. */
  private static void resets(ClientBench b, boolean shows, boolean lasts) throws Exception {
    b.visit(1).reset();
    b.visit(1).reset();
    Visit proved = b.visit(2).greet();
    b.client().state("connected", b.patienceMs());
    if (shows) {
      b.isShown(proved, "progress");
    }
    if (lasts) {
      b.rest(2 * b.pace().get(Setting.STABLE_MS));
    }
    long lostMs = b.log().nowMs();
    proved.reset();
    long delay = b.visit(3).visitor().arrivedMs() - lostMs;
    require(
        delay < b.pace().leastMs(3),
        "the first delay again, of at most " + b.pace().mostMs(1) + " ms",
        delay + " ms, as before attempt 3");
  }

  private static void unstable(ClientBench b) throws Exception {
    b.visit(1).reset();
    b.visit(1).reset();
    Visit brief = b.visit(2).greet();
    b.client().state("connected", b.patienceMs());
    long lostMs = b.log().nowMs();
    brief.reset();
    long delay = b.visit(3).visitor().arrivedMs() - lostMs;
    require(
        delay >= b.pace().leastMs(3) - EARLY_MS,
        "at least " + b.pace().leastMs(3) + " ms, for the count stays",
        delay + " ms");
  }
}
