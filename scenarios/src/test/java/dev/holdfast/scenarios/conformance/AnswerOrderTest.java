package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import org.junit.jupiter.api.Test;

/** Answers belong to their messages by what they say. */
class AnswerOrderTest {
  private final AnswerOrder order = new AnswerOrder();

  AnswerOrderTest() {
    order.said("c1-m1", "m01");
    order.said("c1-m2", "m02");
  }

  private void answers(String content, String replyTo) {
    var frame = Json.frame("message", "content", content).put("reply_to", replyTo);
    order.answered(Event.Text.of(0, frame.toString()));
  }

  @Test
  void anEchoedMarkerTells() {
    answers("You said m02", "");
    answers("You said m01", "");
    assertThrows(Mismatch.class, order::judge);
  }

  @Test
  void contentsLearntBeforeTell() {
    order.knows(0, Event.Text.of(0, Json.frame("message", "content", "slow").toString()));
    order.knows(1, Event.Text.of(0, Json.frame("message", "content", "quick").toString()));
    answers("quick", "");
    answers("slow", "");
    assertThrows(Mismatch.class, order::judge);
  }

  @Test
  void whereContentsTellNothingTheNameDoes() {
    answers("Done.", "c1-m2");
    answers("Done.", "c1-m1");
    assertThrows(Mismatch.class, order::judge);
  }

  @Test
  void contentWinsOverANameThatIsGivenByRote() {
    answers("You said m02", "c1-m1");
    answers("You said m01", "c1-m2");
    assertThrows(Mismatch.class, order::judge);
  }

  @Test
  void theRightOrderPasses() {
    answers("You said m01", "");
    answers("You said m02", "");
    assertDoesNotThrow(order::judge);
  }

  @Test
  void answersThatCannotBeToldApartProveNothing() {
    answers("Done.", "");
    answers("Done.", "");
    assertThrows(Inapplicable.class, order::judge);
  }

  @Test
  void anAnswerThatQuotesBothMessagesProvesNothing() {
    answers("You said m02 after m01", "");
    answers("You said m01", "");
    assertThrows(Inapplicable.class, order::judge);
  }
}
