package dev.holdfast.client.persona;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.FrameType;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlainTest {

  @Test
  void aStepIsASentence() {
    assertEquals(
        "expects the client to be reconnecting within 5000 ms",
        expects(new Expectation.State(LinkState.RECONNECTING)));
    assertEquals(
        "expects q* to be in doubt with code lost within 5000 ms",
        expects(new Expectation.Indeterminate("q*", "lost")));
    assertEquals(
        "expects a frame of type status and status processing within 5000 ms",
        expects(new Expectation.FrameSeen(FrameType.STATUS, "processing")));
    assertEquals(
        "expects these users to be present: ana, bo within 5000 ms",
        expects(new Expectation.Here(Set.of("bo", "ana"))));
    assertEquals("says 'hello', 3 times", Plain.of(new Action.Say("hello", "q", 3)));
    assertEquals("joins the session of ana", Plain.of(new Action.Join("ana")));
  }

  private static String expects(Expectation what) {
    return Plain.of(new Action.Expect(what));
  }
}
