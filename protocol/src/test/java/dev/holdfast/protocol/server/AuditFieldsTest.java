package dev.holdfast.protocol.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class AuditFieldsTest {
  private static final AuditFields SAID =
      AuditEvent.of(AuditEvent.CONNECT)
          .with(AuditField.USER_ID, "ana")
          .with(AuditField.CODE, 1)
          .with(AuditField.REASON, null)
          .with(AuditField.CODE, 2)
          .fields();

  /** Two lines of one log are canonical only if all writers order by the characters of names. */
  @Test
  void fieldsAreListedInTheOrderOfTheirNames() {
    List<String> words = AuditField.ALL.stream().map(AuditField::word).toList();
    assertEquals(words.stream().sorted().toList(), words);
  }

  @Test
  void theLaterValueOfAFieldCountsAndNoneIsNone() {
    assertEquals(2, SAID.get(AuditField.CODE));
    assertNull(SAID.get(AuditField.REASON));
    assertEquals("{code=2, user_id=ana}", SAID.toString());
  }

  @Test
  void sameFieldsAreEqualHoweverTheyCame() {
    AuditFields other =
        AuditEvent.of(AuditEvent.DISCONNECT)
            .with(AuditField.CODE, 2)
            .with(AuditField.USER_ID, "ana")
            .fields();
    assertEquals(SAID, other);
    assertEquals(SAID.hashCode(), other.hashCode());
  }
}
