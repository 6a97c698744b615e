package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.conformance.schema.Complaint;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Frames of honest servers fit, however long they are, and what does not fit is found. */
class WatchTest {
  private static final String TIMESTAMP = "\"timestamp\":\"2026-03-01T09:00:00.000Z\"";
  private static final String ANSWER = "conversation/terminal-message-fields";

  private final Watch watch = new Watch();

  private void came(String type, String data) {
    seenBy("a case", "{\"type\":\"" + type + "\",\"data\":" + data + "," + TIMESTAMP + "}");
  }

  private void seenBy(String where, String text) {
    var json = Objects.requireNonNull(Json.readOrNull(text));
    watch.saw(where, Profile.CORE, new Event.Text(1, text, json));
  }

  private List<String> complaints(String clause) {
    return watch.about(Profile.CORE, clause).stream().map(Complaint::toString).toList();
  }

  @Test
  void aPieceOfAnAnswerNeedsNoContent() {
    came("message", "{\"delta\":\"Hel\"}");
    assertEquals(List.of(), complaints(ANSWER));
    came("message", "{\"text\":\"Hello\"}");
    assertEquals(1, complaints(ANSWER).size());
  }

  @Test
  void aFieldThatIsNullIsLikeOneThatIsLeftOut() {
    came("message", "{\"content\":\"Hello\",\"artifacts\":null}");
    assertEquals(List.of(), complaints(ANSWER));
    came("message", "{\"content\":null,\"artifacts\":null}");
    assertEquals(1, complaints(ANSWER).size());
  }

  @Test
  void aReplyToOfTheWrongKindIsNoMatterOfItsCharacters() {
    seenBy("a case", "{\"type\":\"pong\",\"data\":null,\"reply_to\":5," + TIMESTAMP + "}");
    assertEquals(List.of(), complaints("envelope/id-alphabet"));
    assertEquals(1, complaints("envelope/optional-fields-keep-their-kind").size());
  }

  @Test
  void aBadSessionIdThatACaseAskedForMayBeRepeated() {
    String greeting =
        "{\"type\":\"status\",\"data\":{\"status\":\"connected\",\"message\":\"hi\","
            + "\"heartbeat_interval_ms\":30000,\"session_id\":\"no spaces\"},"
            + TIMESTAMP
            + "}";
    seenBy("transport/refusals-carry-json", greeting);
    assertEquals(List.of(), complaints("envelope/id-alphabet"));
    seenBy("another case", greeting);
    assertEquals(1, complaints("envelope/id-alphabet").size());
  }

  @Test
  void aLongGreetingIsLookedAt() {
    String words = "\"message\":\"" + "x".repeat(300_000) + "\"";
    came("status", "{\"status\":\"connected\",\"session_id\":\"s\"," + words + "}");
    assertTrue(watch.saw(Profile.CORE, FrameKind.GREETING));
    assertEquals(1, complaints("conversation/greeting-fields").size());
  }
}
