package dev.holdfast.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.AuditField;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditChainTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

  @Test
  void aLineIsCanonicalJsonWithItsHashBehind() {
    AuditChain.Linked first =
        AuditChain.link(
            AuditHead.GENESIS,
            AuditEvent.of(AuditEvent.CONNECT)
                .with(AuditField.SESSION_ID, "s-1")
                .with(AuditField.SEQ, 7L),
            NOON);
    assertEquals(
        "{\"connection_id\":null,\"entry\":1,\"event\":\"connect\",\"prev\":\""
            + "0".repeat(64)
            + "\",\"result\":\"ok\",\"seq\":7,\"session_id\":\"s-1\","
            + "\"timestamp\":\"2026-03-01T12:00:00.123Z\",\"hash\":\""
            + first.head().hash()
            + "\"}",
        first.line());
  }

  @Test
  void whatItLinksFollows() throws AuditChain.Unsound {
    AuditChain.Linked first = link(AuditHead.GENESIS, "a");
    AuditChain.Linked second = link(first.head(), "b\u0000\n\t\ud800 \"ü\" 𝄞");
    AuditHead head = AuditChain.follow(AuditHead.GENESIS, first.line());
    assertEquals(second.head(), AuditChain.follow(head, second.line()));
    assertTrue(second.line().contains("\\\"ü\\\" 𝄞"));
  }

  @Test
  void shortensWhatPeersWrote() {
    assertTrue(link(AuditHead.GENESIS, "x".repeat(100_000)).line().length() < 1_000);
  }

  @Test
  void anEditAnOtherPlaceAndAnOtherFormAreFound() {
    AuditChain.Linked first = link(AuditHead.GENESIS, "a");
    AuditChain.Linked second = link(first.head(), "b");
    assertUnsound(first.head(), second.line().replace("\"b\"", "\"c\""));
    assertUnsound(first.head(), second.line().replace("{", "{ "));
    assertUnsound(AuditHead.GENESIS, second.line());
    assertUnsound(second.head(), second.line());
    assertUnsound(first.head(), "");
    assertUnsound(first.head(), "[]" + " ".repeat(100));
  }

  private static AuditChain.Linked link(AuditHead before, String reason) {
    return AuditChain.link(
        before, AuditEvent.of(AuditEvent.DISCONNECT).with(AuditField.REASON, reason), NOON);
  }

  private static void assertUnsound(AuditHead before, String line) {
    assertThrows(AuditChain.Unsound.class, () -> AuditChain.follow(before, line));
  }
}
