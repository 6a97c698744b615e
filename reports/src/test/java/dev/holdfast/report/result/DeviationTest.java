package dev.holdfast.report.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nothing more, after {\"type\":\"pong\"} | nothing",
        "neither within 1500 ms: the connection is open and deaf | nothing",
        "the connection stayed open | nothing",
        "no pong, no answer | nothing",
        "not a word of it | not-a-word-of-it",
        "close 1002 ping | close-1002-ping",
        "close 4001 use HTTP for now, after {\"type\":\"pong\"} | close-4001-use-http-for-now",
        "close 1000 | close-1000",
        "HTTP 404 | http-404",
        "HTTP 400 {\"error\":\"bad\",\"code\":\"bad_id\"} | http-400-bad-id",
        "{\"type\":\"error\",\"data\":{\"error\":\"x\",\"code\":\"agent_failed\"}} | error-agent-failed",
        "{\"type\":\"status\",\"data\":{\"status\":\"warming_up\"}} | status-warming-up",
        "{\"type\":\"message\",\"data\":{\"type\":\"story\"}} | frame-message",
        "{\"response\":\"x\",\"artifacts\":[{\"type\":\"story\"}]} | json",
        "a second {\"type\":\"message\",\"data\":{}} | a-second-frame-message",
        "/data/id: required property 'id' not found in {\"type\":\"x\"} | data-id-required-property-not-found",
        "answers to [2, 1, 4, 3, 5] | answers-to",
        "frames of [r8af26a6ee4727649, rff33] in turns | frames-of-in-turns",
        "the pong after 2,140 ms, the answer after 3 ms | the-pong-after-n-ms-the-answer-after-n-ms",
        "only beside other cases: close 1002 ping | close-1002-ping",
      })
  void isWhatCameWithoutWhatDiffersFromRunToRun(String seen, String slug) {
    assertEquals(slug, Deviation.of(Sample.about("a").violated(seen)).slug());
  }

  @Test
  void onlyWhatTellsACauseIsLookedForElsewhere() {
    assertTrue(came("close 1002 ping").isIn("expected a pong, saw close 1002 ping"));
    assertFalse(came("close 1000").isIn("expected a pong, saw close 1000"));
    assertFalse(came("nothing").isIn("expected a pong, saw nothing"));
    assertFalse(came("{\"type\":\"message\"}").isIn("saw {\"type\":\"message\"}"));
    assertFalse(came("HTTP 404").isIn("saw HTTP 404"), "the path is not known");
    assertFalse(
        came("{\"type\":\"error\",\"data\":{\"code\":\"internal_error\"}}")
            .isIn("saw {\"type\":\"error\",\"data\":{\"code\":\"internal_error\"}}"));
  }

  @Test
  void aStatusOfHttpGoesWithThePathThatWasAskedLast() {
    Deviation came =
        Deviation.of(
            Sample.about("a")
                .trace(
                    List.of(
                        new TraceLine(1, "http", Direction.EVENT, "GET /health"),
                        new TraceLine(2, "http", Direction.EVENT, "POST /admin/rollout?x=1 {}")))
                .violated("HTTP 404"));

    assertEquals("/admin/rollout", came.path());
    assertTrue(came.isIn("PUT /admin/rollout: saw HTTP 404"));
    assertFalse(came.isIn("GET /ready: saw HTTP 404"));
  }

  private static Deviation came(String seen) {
    return Deviation.of(Sample.about("a").violated(seen));
  }
}
