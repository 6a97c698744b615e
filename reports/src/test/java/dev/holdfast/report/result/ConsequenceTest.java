package dev.holdfast.report.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsequenceTest {
  @ParameterizedTest
  @CsvSource({
    "queue/replayed-once, LOSS",
    "queue/slow-consumer-closes-4002, HANG",
    "isolation/bad-peer-harms-no-other-session, HANG",
    "isolation/frames-stay-in-their-session, EXPOSURE",
    "resume/bad-token-closes-4100, SECURITY",
    "resume/gap-closes-4003, LOSS",
    "rollout/kill-switch, HANG",
    "rollout/kill-switch-loses-nothing, LOSS",
    "envelope/error-has-a-code, WORDS",
    "a-scenario-of-its-own, WORDS"
  })
  void theLongestBeginningDecides(String clause, Consequence expected) {
    assertEquals(expected, Consequence.of(clause));
  }
}
