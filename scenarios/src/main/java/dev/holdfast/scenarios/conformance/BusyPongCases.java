package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;

/** Section heartbeat: pings that arrive while a run is in progress. */
final class BusyPongCases {
  /** When the next ping is due. */
  private static final long DUE_MS = 30_000;

  /** How soon a pong should come, whatever goes on. */
  private static final long SOON_MS = 1_000;

  /** A run that ends sooner after the ping was perhaps over when the ping arrived. */
  private static final long SHORT_MS = 100;

  private static final String CAUSE =
      "The receive loop awaits the agent, or the agent blocks its thread; run the agent beside it.";

  static final List<Case> ALL =
      List.of(
          Case.of("heartbeat/pong-during-a-run", CAUSE, Need.SLOW_ANSWER)
              .given("a ping was sent while a run was in progress", BusyPongCases::inARun)
              .then((b, scene) -> beforeTheNext(scene)),
          Case.of("heartbeat/pong-while-busy", CAUSE, Need.SLOW_ANSWER)
              .given("a ping was sent in a run that went on for more than 1 s", b -> busy(b, 0))
              .then((b, scene) -> soon(scene)),
          one(
                  "heartbeat/pong-while-busy",
                  "behind-ten-messages",
                  "Pings wait in the same queue as messages.",
                  Need.SLOW_ANSWER)
              .given(
                  "a ping was sent behind ten messages, in a run that went on for more than 1 s",
                  b -> busy(b, 10))
              .then((b, scene) -> soon(scene)));

  private BusyPongCases() {}

  /**
   * What followed a ping, in milliseconds after it was sent.
   *
   * @param pongMs when its pong came, or {@code NEVER}
   * @param endMs when the first answer came, or {@code NEVER}
   */
  private record Scene(long pongMs, long endMs) {
    static final long NEVER = Long.MAX_VALUE;

    String words() {
      String pong = pongMs == NEVER ? "no pong" : "the pong after " + pongMs + " ms";
      return pong + (endMs == NEVER ? ", no answer" : ", the answer after " + endMs + " ms");
    }
  }

  /**
   * Plays a slow run and a ping in it, until both ended or it is clear that no pong will come.
   *
   * @param behind how many messages are sent between the slow one and the ping
   * @param longestMs how long after the ping its pong may come
   */
  private static Scene scene(Bench b, int behind, long longestMs)
      throws Finds, InterruptedException {
    long slowMs = b.rehearsed(Stimulus.SLOW).tookMs();
    Talk t = b.connect();
    t.says(b.slow());
    for (int i = 0; i < behind; i++) {
      t.says(b.plain());
    }
    t.pings("busy-1");
    long sentMs = b.log().nowMs();
    Scene scene = new Scene(Scene.NEVER, Scene.NEVER);
    long until = sentMs + Math.max(longestMs, slowMs + t.patienceMs());
    while (scene.pongMs() == Scene.NEVER || scene.endMs() == Scene.NEVER) {
      Event event = t.nextOf(e -> isPong(e) || e.isAnswer(), until - b.log().nowMs());
      if (!(event instanceof Event.Text frame)) {
        return scene;
      }
      long afterMs = Math.max(0, frame.atMs() - sentMs);
      if (isPong(frame)) {
        scene = new Scene(Math.min(afterMs, scene.pongMs()), scene.endMs());
      } else if (scene.endMs() == Scene.NEVER) {
        scene = new Scene(scene.pongMs(), afterMs);
        until = Math.min(until, frame.atMs() + t.patienceMs());
      }
    }
    return scene;
  }

  private static boolean isPong(Event.Text frame) {
    return frame.type().equals("pong");
  }

  private static Scene inARun(Bench b) throws Finds, InterruptedException {
    Scene scene = scene(b, 0, DUE_MS);
    if (scene.endMs() < SHORT_MS) {
      throw new Inapplicable("the slow answer came " + scene.endMs() + " ms after the ping");
    }
    return scene;
  }

  private static Scene busy(Bench b, int behind) throws Finds, InterruptedException {
    Scene scene = scene(b, behind, 0);
    if (scene.endMs() == Scene.NEVER && scene.pongMs() == Scene.NEVER) {
      throw new Unclear("neither a pong nor an answer came");
    }
    if (scene.endMs() <= SOON_MS) {
      throw new Inapplicable("the slow answer came " + scene.endMs() + " ms after the ping");
    }
    return scene;
  }

  private static void beforeTheNext(Scene scene) throws Mismatch {
    if (scene.pongMs() > DUE_MS) {
      throw Mismatch.absence("a pong before the next ping is due", scene.words());
    }
  }

  private static void soon(Scene scene) throws Mismatch {
    if (scene.pongMs() > SOON_MS) {
      throw Mismatch.absence("a pong within 1 s, during the run", scene.words());
    }
  }
}
