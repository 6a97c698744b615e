package dev.holdfast.report.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Level;
import dev.holdfast.report.result.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTest {
  private static FindingBuilder about(String clause) {
    return Finding.about(Stage.CONFORMANCE, clause, "A requirement.");
  }

  @Test
  void consequenceComesBeforeLevelAndBothBeforeWhatWasNotJudged() {
    Finding passed = about("queue/replayed-in-order").pass();
    Finding open = about("queue/replayed-once").inconclusive("nothing was replayed");
    Finding words = about("envelope/error-has-a-code").violated("no code");
    Finding loss = about("queue/retained-while-away").level(Level.SHOULD).violated("it is gone");
    Finding greaterLoss = about("conversation/one-terminal-frame").violated("two ends");
    assertEquals(
        List.of(greaterLoss, loss, words, open, passed),
        Status.byAttention(List.of(passed, open, words, loss, greaterLoss)));
  }
}
