package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;

/** Section isolation: what one session does is no other's concern. */
final class IsolationCases {
  private static final long AFTERMATH_MS = 300;

  static final List<Case> ALL =
      List.of(
          Case.of(
              "isolation/bad-peer-harms-no-other-session",
              "One receive loop, or one lock, serves everybody.",
              IsolationCases::badPeer),
          Case.of(
              "isolation/dying-connection-harms-no-other-session",
              "A failed write to a dead socket stops the loop that serves everybody.",
              IsolationCases::dyingConnection),
          Case.of(
              "isolation/health-answers-throughout",
              "The agent's work blocks the thread that answers HTTP.",
              IsolationCases::health,
              Need.HTTP,
              Need.SLOW_ANSWER),
          Case.of(
              "isolation/frames-stay-in-their-session",
              "Frames are broadcast, or sessions share a variable.",
              IsolationCases::noCrossTalk));

  private IsolationCases() {}

  private static void badPeer(Bench b) throws Finds, InterruptedException {
    Talk good = b.connect();
    Talk bad = b.connect();
    bad.sendsText("{\"type\":");
    bad.sendsRaw(() -> bad.peer().binary(new byte[1_000]));
    answered(b, good);
    answered(b, b.connect());
  }

  private static void dyingConnection(Bench b) throws Finds, InterruptedException {
    Talk good = b.connect();
    Talk dying = b.connect();
    dying.says(b.stimulus(Stimulus.PLAIN));
    dying.cut();
    answered(b, good);
    answered(b, b.connect());
  }

  private static void answered(Bench b, Talk talk) throws Finds, InterruptedException {
    talk.says(b.stimulus(Stimulus.PLAIN));
    talk.answer(Talk.PATIENCE_MS);
  }

  private static void health(Bench b) throws Finds, InterruptedException {
    Talk busy = b.connect();
    int idle = b.get("/health").statusCode();
    if (idle != 200) {
      throw new Mismatch("GET /health to answer 200", "HTTP " + idle);
    }
    busy.says(b.stimulus(Stimulus.SLOW));
    long before = b.log().nowMs();
    int status = b.get("/health").statusCode();
    long took = b.log().nowMs() - before;
    if (status != 200 || took > 1_000) {
      throw new Mismatch("/health to answer 200 within 1 s", status + " after " + took + " ms");
    }
  }

  private static void noCrossTalk(Bench b) throws Finds, InterruptedException {
    Talk ana = b.connect();
    Talk ben = b.connect();
    ana.sends(Json.frame("message", "content", b.stimulus(Stimulus.PLAIN)).put("id", "for-ana"));
    ana.terminal(Talk.PATIENCE_MS);
    ben.quiet("frame of another session", IsolationCases::ofARun, AFTERMATH_MS);
  }

  private static boolean ofARun(Event.Text frame) {
    return frame.isAnswer()
        || frame.type().equals("tool_execution")
        || frame.isStatus("processing");
  }
}
