package dev.holdfast.scenarios.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.RolloutBucket;
import dev.holdfast.scenarios.rollout.RolloutCheck.Flag;
import dev.holdfast.scenarios.rollout.RolloutCheck.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutCheckTest {
  private static final Census ALL = new Census("user", 10_000);
  private static final Census SOME = new Census("user", 3_000);

  /** Whether a user is in; a broken flag is wrong in one way. */
  private interface Rule {
    boolean in(String user, String session, double percent, int restarts);
  }

  private static Result raised(Rule rule) throws Exception {
    return raised(SOME, rule);
  }

  private static Result raised(Census census, Rule rule) throws Exception {
    RolloutCheck check = new RolloutCheck(census);
    return check.judge(
        check.raise(
            new Flag() {
              private double percent;
              private int restarts;

              @Override
              public void set(double wanted) {
                percent = wanted;
              }

              @Override
              public void restart() {
                restarts++;
              }

              @Override
              public boolean websocket(String userId, String sessionId) {
                return rule.in(userId, sessionId, percent, restarts);
              }
            }));
  }

  private static boolean bucket(String flag, String user, double percent) {
    return RolloutBucket.includes(flag, user, percent);
  }

  @Test
  void theReferencesRuleIsFairStickyAndOnlyAdds() throws Exception {
    Result result = raised(ALL, (u, s, p, r) -> bucket("websocket", u, p));
    assertTrue(result.unfair().isEmpty(), result::toString);
    assertNull(result.sticky());
    assertNull(result.session());
    assertNull(result.monotonic());
    assertEquals(10_000, result.shares().getLast().in());
  }

  @Test
  void aShareThatIsOffIsFound() throws Exception {
    Result result = raised((u, s, p, r) -> bucket("websocket", u, p * 1.4));
    assertEquals(10.0, result.unfair().getFirst().percent());
  }

  @Test
  void aSeedThatIsDrawnAtStartIsFound() throws Exception {
    Result result = raised((u, s, p, r) -> bucket("websocket" + r, u, p));
    assertNotNull(result.sticky());
    assertTrue(result.unfair().isEmpty(), result::toString);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 10, 25, 50})
  void aSeedThatIsDrawnAtStartIsFoundAtWhateverShare(double broken) throws Exception {
    Result result =
        raised((u, s, p, r) -> bucket(p == broken ? "websocket" + r : "websocket", u, p));
    assertNotNull(result.sticky());
  }

  @Test
  void aLotOverTheSessionIsFound() throws Exception {
    assertNotNull(raised((u, s, p, r) -> bucket("websocket", s, p)).session());
  }

  @Test
  void aLotDrawnAnewAtEachStepIsFound() throws Exception {
    Result result = raised((u, s, p, r) -> bucket("websocket" + p, u, p));
    assertNotNull(result.monotonic());
    assertNull(result.sticky());
  }

  @Test
  void aFlagOfTheirOwnIsAskedAsItStands() throws Exception {
    RolloutCheck check = new RolloutCheck(SOME);
    Result result = check.judge(check.asIs(25, (user, session) -> bucket("theirs", user, 25)));
    assertEquals(1, result.shares().size());
    assertTrue(result.unfair().isEmpty(), result::toString);
    assertNull(result.session());
  }

  /** Reference: the exact tails, computed with rational numbers of arbitrary precision. */
  @Test
  void boundsAreThoseOfTheExactBinomial() {
    for (double share : new double[] {0.01, 0.1, 0.5}) {
      BinomialBounds bounds = BinomialBounds.of(200, share, 1e-6);
      assertTrue(ExactBinomial.below(200, share, bounds.low()) <= 0.5e-6);
      assertTrue(ExactBinomial.below(200, share, bounds.low() + 1) > 0.5e-6);
      assertTrue(ExactBinomial.above(200, share, bounds.high()) <= 0.5e-6);
      assertTrue(ExactBinomial.above(200, share, bounds.high() - 1) > 0.5e-6);
    }
    assertFalse(BinomialBounds.of(10_000, 0, 1e-6).include(1));
    assertFalse(BinomialBounds.of(10_000, 1, 1e-6).include(9_999));
  }
}
