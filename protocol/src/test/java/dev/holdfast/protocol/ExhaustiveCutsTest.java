package dev.holdfast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientOutput.Deliver;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.spec.SentFrames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every single cut, and every pair of cuts, at every frame boundary of a conversation of two
 * messages with streamed text and one tool: each must end with the same transcript as no cut.
 */
class ExhaustiveCutsTest {
  /** When the client is back, and whether the server noticed that it was gone. */
  private enum Return {
    AT_ONCE(1, true),
    AFTER_THE_RUN_ENDED(10_000, true),
    BEFORE_THE_SERVER_NOTICED(1, false);

    final long baseMs;
    final boolean noticed;

    Return(long baseMs, boolean noticed) {
      this.baseMs = baseMs;
      this.noticed = noticed;
    }
  }

  @Test
  void everyCutAndEveryPairOfCutsEndsLikeNone() {
    int schedules = 0;
    for (Return back : Return.values()) {
      int frames = play(back, 0, 0).deliveries();
      List<String> uncut = transcript(play(back, 0, 0));
      for (int first = 1; first <= frames; first++) {
        check(uncut, back, first, 0);
        schedules++;
        int more = play(back, first, 0).deliveries();
        for (int second = first + 1; second <= more; second++) {
          check(uncut, back, first, second);
          schedules++;
        }
      }
    }
    System.out.println("exhaustive cuts: " + schedules + " schedules");
    assertEquals(List.of(), FRAMES.complaints());
    assertEquals(SCHEDULES, schedules, "the conversation changed: count the schedules anew");
  }

  private static final int SCHEDULES = 1_429;
  private static final SentFrames FRAMES = new SentFrames();

  private static void check(List<String> uncut, Return back, int first, int second) {
    Pair pair = play(back, first, second);
    String schedule = back + ", cut after frame " + first + (second == 0 ? "" : " and " + second);
    assertEquals(uncut, transcript(pair), schedule);
    assertEquals(2, pair.told(ClientOutput.Settled.class).size(), schedule);
    assertTrue(
        pair.told(ClientOutput.Settled.class).stream()
            .allMatch(s -> s.outcome() == ClientOutput.Outcome.ANSWERED),
        schedule);
    assertEquals(
        2,
        pair.done.stream().filter(ServerOutput.StartRun.class::isInstance).count(),
        "each message is worked on once: " + schedule);
  }

  private static Pair play(Return back, int first, int second) {
    ClientConfig config =
        ClientConfig.RESUME.withBackoff(new Backoff(back.baseMs, back.baseMs, 0, 10));
    Pair pair = new Pair(config, ServerConfig.STANDARD);
    pair.serverNoticesCuts = back.noticed;
    pair.watcher = seen -> FRAMES.saw(Profile.RESUME, seen);
    pair.agent = run -> work(run.content());
    if (first > 0) {
      pair.cutAfter(first, second);
    }
    pair.connected();
    pair.say("m1", "one");
    pair.say("m2", "two");
    pair.pass(60_000);
    return pair;
  }

  private static List<AgentEvent> work(String content) {
    return List.of(
        new AgentEvent.Stage("planning", "Planning", List.of("search")),
        new AgentEvent.Tool("search", "t-" + content, ToolExecution.PENDING, null),
        new AgentEvent.Tool("search", "t-" + content, ToolExecution.RUNNING, null),
        new AgentEvent.Tool("search", "t-" + content, ToolExecution.COMPLETED, "{\"hits\":1}"),
        new AgentEvent.Delta("You said "),
        new AgentEvent.Delta(content),
        new AgentEvent.Delta(" \ud83d"),
        new AgentEvent.Delta("\ude00"),
        new AgentEvent.Answer("You said " + content + " \ud83d\ude00", List.of()));
  }

  /** What the application was shown, without what may differ: positions, times, piece borders. */
  static List<String> transcript(Pair pair) {
    List<String> shown = new ArrayList<>();
    StringBuilder streamed = new StringBuilder();
    for (Deliver deliver : pair.told(Deliver.class)) {
      Frame frame = deliver.frame();
      if (frame.body() instanceof Message m && m.stream() != null) {
        streamed.setLength(Math.min(m.stream().offset(), streamed.length()));
        streamed.append(m.delta());
      } else if (frame.body() instanceof Message m) {
        shown.add(frame.envelope().replyTo() + " answered: " + m.content());
        assertTrue(
            m.content() != null && m.content().startsWith(streamed.toString()),
            "pieces joined must be the whole as far as they came: " + streamed);
        streamed.setLength(0);
      } else if (frame.body() instanceof Status.Processing p) {
        shown.add(frame.envelope().replyTo() + " " + p.stage());
      } else {
        shown.add(frame.envelope().replyTo() + " " + frame.body());
      }
    }
    return shown;
  }
}
