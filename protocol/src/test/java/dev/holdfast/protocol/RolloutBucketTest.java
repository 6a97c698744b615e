package dev.holdfast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RolloutBucketTest {
  private static final int USERS = 10_000;
  private static final double TOO_UNLIKELY = 1e-6;

  private static boolean in(int user, double percent) {
    return RolloutBucket.includes(RolloutBucket.WEBSOCKET_FLAG, "user-" + user, percent);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 10, 25, 50, 90})
  void theShareLiesWithinABinomialBound(double percent) {
    int share = (int) IntStream.range(0, USERS).filter(user -> in(user, percent)).count();
    double p = percent / 100;
    double likelihood = Math.min(upTo(share, p), 1 - upTo(share - 1, p));
    assertTrue(likelihood > TOO_UNLIKELY / 2, share + " of " + USERS + " at " + percent + " %");
  }

  /** The probability of at most {@code most} users, exactly. */
  private static double upTo(int most, double p) {
    double logOf = USERS * Math.log1p(-p);
    double sum = Math.exp(logOf);
    for (int k = 1; k <= most; k++) {
      logOf += Math.log((USERS - k + 1.0) / k) + Math.log(p) - Math.log1p(-p);
      sum += Math.exp(logOf);
    }
    return sum;
  }

  @Test
  void raisingOnlyAddsUsers() {
    for (int user = 0; user < 1_000; user++) {
      boolean before = false;
      for (int percent = 0; percent <= 100; percent++) {
        boolean now = in(user, percent);
        assertTrue(now || !before, "user " + user + " fell out at " + percent + " %");
        before = now;
      }
    }
  }

  @Test
  void nobodyAtZeroAndEverybodyAtAHundred() {
    assertTrue(IntStream.range(0, USERS).noneMatch(user -> in(user, 0)));
    assertTrue(IntStream.range(0, USERS).allMatch(user -> in(user, 100)));
  }

  @Test
  void placesStayWhereTheyAre() {
    assertEquals(RolloutBucket.place("websocket", "ana"), RolloutBucket.place("websocket", "ana"));
    assertEquals(PLACE_OF_ANA, RolloutBucket.place("websocket", "ana"), "sticky over releases too");
  }

  private static final int PLACE_OF_ANA = 474;

  @Test
  void flagsDrawTheirUsersIndependently() {
    long both =
        IntStream.range(0, USERS)
            .filter(u -> in(u, 50) && RolloutBucket.includes("other", "user-" + u, 50))
            .count();
    assertTrue(both > 2_200 && both < 2_800, both + " of about 2,500");
  }
}
