package dev.holdfast.scenarios.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> WORDS = List.of("offline", "online", "say", "expect");

  @Test
  void findsTheWordWithTheFewestEdits() {
    assertEquals(Optional.of("offline"), Nearest.to("ofline", WORDS));
    assertEquals(Optional.of("expect"), Nearest.to("expects", WORDS));
  }

  @Test
  void countsASwapAsOneEdit() {
    assertEquals(Optional.of("say"), Nearest.to("sya", WORDS));
  }

  @Test
  void countsAForgottenUnitAsOneEdit() {
    assertEquals(Optional.of("pause_ms"), Nearest.to("pause", List.of("say", "pause_ms")));
    assertEquals(Optional.of("at_ms"), Nearest.to("at", List.of("do", "at_ms")));
  }

  @Test
  void prefersTheAlphabetAmongEquals() {
    assertEquals(Optional.of("bat"), Nearest.to("at", List.of("cat", "bat")));
  }

  @Test
  void findsNothingInWhatIsFarAway() {
    assertEquals(Optional.empty(), Nearest.to("banana", WORDS));
    assertEquals(Optional.empty(), Nearest.to("anything", List.of()));
  }

  @Test
  void toleratesMoreInLongerWords() {
    assertEquals(
        Optional.of("reconnect_delays"), Nearest.to("reconect_dlay", List.of("reconnect_delays")));
  }

  @Test
  void hintsAtOneWordOrListsAll() {
    assertEquals(", did you mean 'online'?", Nearest.hint("onlin", WORDS));
    assertEquals("; known are expect, offline, online, say", Nearest.hint("banana", WORDS));
  }
}
