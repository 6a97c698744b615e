package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Section conversation: what several messages of one session get, and in which order. */
final class OrderCases {
  /** Most of the time that a case may take. */
  private static final long LONGEST_MS = 45_000;

  /** By so much a slow answer must be slower than a plain one, to be in front of it for sure. */
  private static final long SLOWER_MS = 300;

  private static final String CAUSE =
      "Messages of one session are worked on side by side, or one is dropped; queue them.";

  static final List<Case> ALL =
      List.of(
          Case.of("conversation/answers-in-order", CAUSE)
              .given("five messages were sent without waiting", b -> pipelined(b, 5))
              .then((b, sent) -> inOrder(sent)),
          one(
                  "conversation/answers-in-order",
                  "twenty-pipelined",
                  "A queue of few places drops what does not fit, or waits for its reader.")
              .given("twenty messages were sent without waiting", b -> pipelined(b, 20))
              .then((b, sent) -> inOrder(sent)),
          one("conversation/answers-in-order", "quick-behind-slow", CAUSE, Need.SLOW_ANSWER)
              .given(
                  "a slow message was sent, and a quick one right behind it",
                  OrderCases::quickBehindSlow)
              .then((b, sent) -> inOrder(sent)),
          one(
                  "conversation/nothing-after-the-terminal",
                  "twenty-pipelined",
                  "Run ids are made of the time, or of too few values; draw them at random.")
              .given(
                  "twenty messages were sent without waiting, and their ends carried run ids",
                  OrderCases::runIds)
              .then((b, runIds) -> distinct(runIds)),
          Case.of(
                  "conversation/runs-do-not-interleave",
                  "Runs of one session are worked on side by side.",
                  Need.TOOLS)
              .given(
                  "two messages were sent without waiting, and both runs named their frames",
                  OrderCases::twoRuns)
              .then((b, frames) -> apart(frames)),
          Case.of(
                  "conversation/reads-on-during-a-run",
                  "The receive loop awaits the agent before it reads on; start the run beside it.",
                  Need.SLOW_ANSWER)
              .given(
                  "a bad frame was sent in a run that went on for a second, and got its error",
                  OrderCases::badInARun)
              .then((b, first) -> {
                if (first.isAnswer()) {
                  throw Mismatch.absence(
                      "an error for the bad frame before the run ends", Talk.describe(first));
                }
              }));

  private OrderCases() {}

  /** Messages that wait for their answers on one connection. */
  private record Sent(Talk talk, AnswerOrder order, int messages) {}

  private static Sent pipelined(Bench b, int messages) throws Finds, InterruptedException {
    long tookMs = b.rehearsed(Stimulus.PLAIN).tookMs() * messages;
    if (tookMs > LONGEST_MS) {
      throw new Inapplicable(messages + " answers take " + tookMs + " ms, longer than a case");
    }
    Talk t = b.connect();
    AnswerOrder order = new AnswerOrder();
    for (int i = 1; i <= messages; i++) {
      String marker = String.format(Locale.ROOT, "m%02d", i);
      order.said(t.says(b.plain() + " " + marker), marker);
    }
    return new Sent(t, order, messages);
  }

  private static Sent quickBehindSlow(Bench b) throws Finds, InterruptedException {
    long slowMs = b.rehearsed(Stimulus.SLOW).tookMs();
    long quickMs = b.rehearsed(Stimulus.PLAIN).tookMs();
    if (slowMs < quickMs + SLOWER_MS) {
      throw new Inapplicable(
          "a slow answer takes " + slowMs + " ms and a plain one " + quickMs + " ms");
    }
    AnswerOrder order = new AnswerOrder();
    String slow = b.slow() + " m01";
    String quick = b.plain() + " m02";
    Talk alone = b.connect();
    alone.says(slow);
    order.knows(0, alone.answer(alone.patienceMs() + slowMs));
    alone.says(quick);
    order.knows(1, alone.answer());
    Talk t = b.connect();
    order.said(t.says(slow), "m01");
    order.said(t.says(quick), "m02");
    return new Sent(t, order, 2);
  }

  /** Errors are refusals, which are told at once, or failures: they have no place in the order. */
  private static void inOrder(Sent sent) throws Finds, InterruptedException {
    for (int i = 0; i < sent.messages(); i++) {
      Event.Text end = sent.talk().terminal();
      if (end.isAnswer()) {
        sent.order().answered(end);
      }
    }
    sent.order().judge();
  }

  /** The run ids of the ends of twenty runs, as they came. */
  private static List<String> runIds(Bench b) throws Finds, InterruptedException {
    Sent sent = pipelined(b, 20);
    List<String> runIds = new ArrayList<>();
    for (int i = 0; i < sent.messages(); i++) {
      Event.Text end = sent.talk().terminal();
      if (end.json().hasNonNull("run_id")) {
        runIds.add(end.field("run_id"));
      }
    }
    if (runIds.size() < 2) {
      throw new Inapplicable(runIds.size() + " of 20 ends carry a run_id");
    }
    return runIds;
  }

  /** Two runs of one id: frames of the later one follow the terminal frame of that id. */
  private static void distinct(List<String> runIds) throws Mismatch {
    Set<String> different = new LinkedHashSet<>(runIds);
    if (different.size() < runIds.size()) {
      throw new Mismatch(
          runIds.size() + " runs to have " + runIds.size() + " different run ids",
          different.size() + " run ids: " + different);
    }
  }

  /** A frame of one of two runs. */
  private record OfRun(String run, boolean end) {}

  private static List<OfRun> twoRuns(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.stimulus(Stimulus.TWO_TOOLS));
    t.says(b.stimulus(Stimulus.TWO_TOOLS));
    List<OfRun> frames = new ArrayList<>();
    for (int ends = 0; ends < 2; ) {
      Event.Text frame = t.expect("the ends of two runs", e -> e.isOfRun() || e.isEnd());
      if (!frame.json().hasNonNull("run_id")) {
        throw new Inapplicable("a frame of a run carries no run_id: " + Talk.describe(frame));
      }
      frames.add(new OfRun(frame.field("run_id"), frame.isEnd()));
      ends += frame.isEnd() ? 1 : 0;
    }
    if (frames.size() == 2) {
      throw new Inapplicable("a run is of one frame, so that two runs cannot interleave");
    }
    return frames;
  }

  /** Each run's frames come together. */
  private static void apart(List<OfRun> frames) throws Mismatch {
    List<String> runs = new ArrayList<>();
    for (OfRun frame : frames) {
      if (runs.isEmpty() || !runs.get(runs.size() - 1).equals(frame.run())) {
        runs.add(frame.run());
      }
    }
    boolean open = runs.size() > 1 && !endsBefore(frames, runs.get(1));
    if (runs.size() > 2 || open) {
      throw new Mismatch("one run after the other", "frames of " + runs + " in turns");
    }
  }

  /** Whether a run ended before the first frame of another one. */
  private static boolean endsBefore(List<OfRun> frames, String second) {
    for (OfRun frame : frames) {
      if (frame.run().equals(second)) {
        return false;
      }
      if (frame.end()) {
        return true;
      }
    }
    return false;
  }

  /** What came first: the error for the bad frame, or the answer, at least a second later. */
  private static Event.Text badInARun(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    long longMs = t.patienceMs() + b.rehearsed(Stimulus.SLOW).tookMs();
    t.says(b.slow());
    t.sendsText("not JSON, while you work");
    long sentMs = b.log().nowMs();
    Event event = t.nextOf(Event.Text::isEnd, longMs);
    if (!(event instanceof Event.Text first)) {
      throw new Inapplicable("a bad frame during a run brought " + Talk.describe(event));
    }
    if (first.isAnswer() && first.atMs() - sentMs < 1_000) {
      throw new Inapplicable("the slow answer came " + (first.atMs() - sentMs) + " ms later");
    }
    Event other = t.nextOf(Event.Text::isEnd, longMs);
    if (other instanceof Event.Closed) {
      throw new Inapplicable("a bad frame during a run brought " + Talk.describe(other));
    }
    if (!(other instanceof Event.Text second) || first.isAnswer() == second.isAnswer()) {
      throw new Unclear("an answer and an error should come, but " + Talk.describe(other));
    }
    return first;
  }
}
