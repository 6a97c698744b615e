package dev.holdfast.protocol.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Resumption.Outcome;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.rules.ServerBench;
import dev.holdfast.protocol.rules.Wire;
import org.junit.jupiter.api.Test;

/** A session whose process died while a store kept it. */
final class RecoveryTest {
  private final ServerBench bench = new ServerBench(new SessionMachine(ServerConfig.STANDARD));

  private Failure endAfterCrash(Wire before) {
    bench.tell(new ServerInput.Recovered());
    Wire back = bench.open().helloAfter(before, 2, 0);
    assertEquals(Outcome.RESUMED, back.resumption().outcome());
    return back.bodies(Failure.class).getFirst();
  }

  @Test
  void aCutRunEndsAndMayBeTriedAgain() {
    Wire wire = bench.joined().message(1, "m1", "hi");

    Failure end = endAfterCrash(wire);

    assertEquals("interrupted", end.code());
    assertEquals(true, end.retryable());
    assertFalse(end.indeterminate());
    assertEquals(1, bench.started.size(), "never a second time");
  }

  @Test
  void aToolThatWasStartedLeavesItOpen() {
    Wire wire = bench.joined().message(1, "m1", "hi");
    bench.agent(new AgentEvent.Tool("book", "c1", ToolExecution.PENDING, null));
    bench.agent(new AgentEvent.Tool("book", "c1", ToolExecution.RUNNING, null));

    Failure end = endAfterCrash(wire);

    assertEquals(false, end.retryable());
    assertTrue(end.indeterminate());
  }

  @Test
  void whatWaitedIsStartedAfterIt() {
    Wire wire = bench.joined().message(1, "m1", "hi").message(2, "m2", "ho");
    assertEquals(1, bench.started.size());

    bench.tell(new ServerInput.Recovered());

    assertEquals("m2", bench.started.getLast().messageId());
    bench.answers("done");
    Wire back = bench.open().helloAfter(wire, 2, 0);
    assertEquals(1, back.answers().size());
  }

  @Test
  void nobodyIsConnectedAndTheAbsenceBeginsAnew() {
    bench.joined();
    bench.pass(119_000);
    bench.tell(new ServerInput.Recovered());

    assertTrue(bench.session.connections().isEmpty());
    bench.pass(119_000);
    assertEquals(0, bench.session.expiredBelow());
  }
}
