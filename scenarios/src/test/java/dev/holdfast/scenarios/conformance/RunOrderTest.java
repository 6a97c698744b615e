package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What of the order of a run can be told, and what cannot. */
class RunOrderTest {
  private static final String ANSWER = "{'type':'message','data':{'content':'done'}%s}";

  @Test
  void theEndIsLast() {
    keeps(false, status(1), tool("running", 2), answer(3));
    breaks(false, answer(3), status(1));
  }

  @Test
  void aToolCallOnlyAdvances() {
    keeps(false, tool("pending", 1), tool("running", 1), tool("running", 1), tool("completed", 1));
    breaks(false, tool("completed", 2), tool("running", 1));
    keeps(false, tool("finished", 2), tool("running", 1));
  }

  @Test
  void timestampsCountOnlyWhereTheyRiseByThemselves() {
    breaks(true, status(2), status(1), answer(3));
    keeps(false, status(2), status(1), answer(3));
    keeps(true, status(1), status(1), answer(1));
  }

  @Test
  void anOverflowThatIsToldIsNoEnd() {
    keeps(false, text("{'type':'error','data':{'code':'replay_overflow'}}"), status(1), answer(2));
  }

  private static Event.Text status(int second) {
    return text("{'type':'status','data':{'status':'processing'}%s}", second);
  }

  private static Event.Text tool(String status, int second) {
    return text(
        "{'type':'tool_execution','data':{'tool_call_id':'c','status':'" + status + "'}%s}",
        second);
  }

  private static Event.Text answer(int second) {
    return text(ANSWER, second);
  }

  private static Event.Text text(String frame, int second) {
    return text(
        String.format(Locale.ROOT, frame, ",'timestamp':'2026-03-01T09:00:0" + second + ".000Z'"));
  }

  private static Event.Text text(String frame) {
    return Event.Text.of(0, frame.replace('\'', '"'));
  }

  private static void keeps(boolean stamped, Event.Text... frames) {
    assertDoesNotThrow(() -> RunOrder.check(List.of(frames), stamped), () -> shown(frames));
  }

  private static void breaks(boolean stamped, Event.Text... frames) {
    assertThrows(
        Mismatch.class, () -> RunOrder.check(List.of(frames), stamped), () -> shown(frames));
  }

  private static String shown(Event.Text... frames) {
    return Stream.of(frames).map(Event.Text::text).toList().toString();
  }
}
