package dev.holdfast.scenarios.conformance.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Delays are judged by what the case asked for and the client obeys, else by what it declares. */
class DeclaredPaceTest {
  private static final Map<Setting, Long> WISHES =
      Map.of(Setting.RECONNECT_BASE_MS, 100L, Setting.RECONNECT_JITTER_MS, 0L);

  private static Ready ready(String more) {
    return Objects.requireNonNull(
        Ready.of(Objects.requireNonNull(Json.readOrNull("{\"event\":\"ready\"" + more + "}"))));
  }

  @Test
  void withoutADeclarationTheStandardHolds() {
    assertEquals(1_000, Pace.of(WISHES, ready("")).jitterMs());
  }

  @Test
  void declaredJitterHoldsWhereItCannotBeOverridden() {
    Pace pace =
        Pace.of(
            WISHES,
            ready(
                ",\"overrides\":[\"reconnect_base_ms\"],\"settings\":{\"reconnect_jitter_ms\":4000}"));
    assertEquals(100, pace.baseMs());
    assertEquals(4_100, pace.mostMs(1));
  }

  @Test
  void overrideWinsOverTheDeclaration() {
    Pace pace =
        Pace.of(
            WISHES,
            ready(
                ",\"overrides\":[\"reconnect_jitter_ms\"],\"settings\":{\"reconnect_jitter_ms\":4000}"));
    assertEquals(0, pace.jitterMs());
  }

  @Test
  void settingThatIsNoNumberIsNoDeclaration() {
    for (String value : new String[] {"\"4 s\"", "-1", "1e300"}) {
      String line = "{\"event\":\"ready\",\"settings\":{\"reconnect_jitter_ms\":" + value + "}}";
      assertNull(Ready.of(Objects.requireNonNull(Json.readOrNull(line))), line);
    }
    assertNotNull(ready(",\"settings\":{\"of_its_own\":\"x\"}"));
  }

  @Test
  void firstAttemptWhoseDelayExceedsAnyJitter() {
    Pace pace = Pace.of(WISHES, ready(",\"overrides\":[\"reconnect_base_ms\"]"));
    assertEquals(5, pace.attemptAbove(1_100));
    assertEquals(0, pace.attemptAbove(1_000_000));
  }
}
