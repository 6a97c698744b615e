package dev.holdfast.protocol.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Resumption.Outcome;
import dev.holdfast.protocol.frame.Resumption.Reason;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.rules.ServerBench;
import dev.holdfast.protocol.rules.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the session's machine does beyond the rules of profile resume. */
final class SessionMachineTest {
  private final ServerBench bench = new ServerBench(new SessionMachine(ServerConfig.STANDARD));

  @Test
  void forgetsTheClientsThatWereAwayLongest() {
    Wire first = bench.joined().message(1, "m1", "hi");
    for (int i = 1; i <= 150; i++) {
      bench.pass(1);
      bench.open().hello("other" + i, 1, first.token(), "e1", 0);
    }
    assertEquals(ServerConfig.REMEMBERED_CLIENTS, bench.session.clients().size());
    Wire back = bench.open().helloAfter(first, 2, 0);
    assertEquals(Reason.OVERFLOW, back.resumption().reason());
    assertTrue(back.resumption().idsKept());
    Wire fresh = bench.open().hello("tab9", 1, first.token(), "e1", 0);
    assertEquals(Outcome.RESUMED, fresh.resumption().outcome());
  }

  @Test
  void leavesASilentCoreClientNoSoonerThanAfter75Seconds() {
    var quick = ServerConfig.STANDARD.withHeartbeat(300, 100);
    ServerBench s = new ServerBench(new SessionMachine(quick));
    Wire core = s.openCore();
    s.pass(74_900);
    assertTrue(core.open());
    assertEquals(1, core.frames(Body.Ping.class).size());
    s.pass(200);
    assertEquals(4000, core.code());
  }

  @Test
  void aSilentResumeClientIsPingedAndLeft() {
    Wire w = bench.joined();
    bench.pass(37_600);
    assertEquals(1, w.frames(Body.Ping.class).size());
    bench.pass(37_600);
    assertEquals(4000, w.code());
  }

  @Test
  void inCoreAKnownIdIsAnsweredAgainAndStartsNothing() {
    Wire core = bench.openCore().message(1, "m1", "hi");
    bench.answers("done");
    core.message(1, "m1", "hi");
    assertEquals(2, core.answers().size());
    assertEquals(1, bench.started.size());
    core.message(1, "m1", "ho");
    assertEquals(ErrorCode.ID_REUSED, core.bodies(Failure.class).getLast().code());
  }

  @Test
  void inCoreRetainedFramesComeOnceAndInOrder() {
    bench.openCore().message(1, "m1", "hi").lost();
    bench.agent(new AgentEvent.Stage("planning", "", List.of()));
    bench.answers("done");
    Wire back = bench.openCore();
    assertEquals(
        List.of("connected", "processing", "message"),
        back.got.stream().map(SessionMachineTest::word).toList());
    back.lost();
    assertEquals(1, bench.openCore().got.size());
  }

  @Test
  void inCoreFramesThatGrewTooOldAreToldOf() {
    bench.openCore().message(1, "m1", "hi").lost();
    bench.answers("done");
    bench.pass(121_000);
    Wire back = bench.openCore();
    assertEquals(ErrorCode.REPLAY_OVERFLOW, back.bodies(Failure.class).getFirst().code());
    assertEquals(List.of(), back.answers());
  }

  @Test
  void aHoleInCoreIsAResetForTheFirstHello() {
    bench.openCore().message(1, "m1", "hi").lost();
    bench.answers("done");
    bench.pass(121_000);
    assertEquals(Reason.OVERFLOW, bench.joined().resumption().reason());
  }

  @Test
  void everyAcceptedMessageEndsInTime() {
    Wire w = bench.joined();
    for (int i = 1; i <= 5; i++) {
      w.message(i, "m" + i, "hi");
    }
    w.cancel(6, bench.session.runs().get(3).id());
    for (int s = 0; s < 121; s++) {
      bench.pass(1_000);
      w.ack(bench.session.topSeq());
    }
    assertEquals(
        List.of("agent_timeout", "agent_timeout", "agent_timeout", "cancelled", "agent_timeout"),
        w.bodies(Failure.class).stream().map(Failure::code).toList());
    assertEquals(1, bench.started.size(), "what is overdue is not started any more");
  }

  @Test
  void whatALateAgentSaysIsIgnored() {
    Wire w = bench.joined().message(1, "m1", "hi");
    bench.answers("done");
    int before = w.got.size();
    bench.answers("and another thing");
    bench.agent(new AgentEvent.Delta("psst"));
    assertEquals(before, w.got.size());
  }

  @Test
  void theTenthBadFrameInARowIsTheLast() {
    Wire w = bench.joined();
    for (int i = 0; i < 9; i++) {
      w.text("nonsense");
    }
    w.ack(0);
    for (int i = 0; i < 9; i++) {
      w.text("{\"type\":\"message\",\"id\":\"m1\",\"data\":{\"content\":\"no seq\"}}");
    }
    assertTrue(w.open());
    w.text("nonsense");
    assertEquals(4203, w.code());
  }

  @Test
  void aStopInterruptsWhatRunsAndCloses1012() {
    Wire w = bench.joined().message(1, "m1", "hi").message(2, "m2", "ho");
    bench.agent(new AgentEvent.Tool("search", "t1", "pending", null));
    bench.agent(new AgentEvent.Tool("search", "t1", "running", null));
    bench.tell(new ServerInput.Drain(0, 500, true));
    assertTrue(w.open());
    bench.pass(600);
    assertEquals(1012, w.code());
    List<Failure> ends = w.bodies(Failure.class);
    assertTrue(ends.get(0).indeterminate());
    assertEquals(false, ends.get(0).retryable());
    assertFalse(ends.get(1).indeterminate());
    assertEquals(true, ends.get(1).retryable());
  }

  @Test
  void aSessionWithoutAnythingIsForgottenOnce() {
    bench.openCore().lost();
    bench.pass(600_000);
    assertEquals(1, bench.done.stream().filter(ServerOutput.Forget.class::isInstance).count());
  }

  @Test
  void nobodyIsPingedBeforeItsHello() {
    var quick = ServerConfig.STANDARD.withHeartbeat(300, 100);
    ServerBench s = new ServerBench(new SessionMachine(quick));
    Wire w = s.open();
    s.pass(5_000);
    assertEquals(List.of(), w.got);
    assertNull(w.closed);
  }

  private static String word(Frame frame) {
    return frame.body() instanceof Status s ? s.word() : frame.type().word();
  }
}
