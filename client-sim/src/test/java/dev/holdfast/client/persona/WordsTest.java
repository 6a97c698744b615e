package dev.holdfast.client.persona;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.FrameType;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A step that was missed is told in words, not as a record of this program. */
class WordsTest {
  @Test
  void expectationIsASentence() {
    Action.Expect expect = new Action.Expect(new Expectation.State(LinkState.RECONNECTING), 800);
    assertEquals("expects the state reconnecting within 800 ms", expect.words());
  }

  @Test
  void eachKindHasItsWords() {
    assertEquals("a frame status processing", words(FrameType.STATUS, "processing"));
    assertEquals("a frame message", words(FrameType.MESSAGE, null));
    assertEquals("presence of ana, bo", new Expectation.Here(Set.of("bo", "ana")).words());
    assertEquals("pause", new Action.Pause(3).words());
  }

  private static String words(FrameType type, @Nullable String status) {
    return new Expectation.FrameSeen(type, status).words();
  }
}
