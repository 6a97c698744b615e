package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.List;

/** Section conversation: greeting, messages, runs and their ends. */
final class ConversationCases {
  static final List<Case> ALL =
      List.of(
          Case.of(
              "conversation/greets-first",
              "The greeting is missing or comes behind something else.",
              b -> b.open("?session_id=" + b.session()).greeting()),
          Case.of(
              "conversation/one-terminal-frame",
              "The run ends twice, or an error follows its answer.",
              ConversationCases::oneTerminal),
          one(
              "conversation/one-terminal-frame",
              "without-id",
              "A message without an id is dropped; ids are for the sender to give or not.",
              ConversationCases::withoutId),
          one(
              "conversation/one-terminal-frame",
              "long-message",
              "A buffer for messages is smaller than people's messages.",
              b -> answers(b, b.plain() + " " + "and so on ".repeat(5_000))),
          one(
              "conversation/one-terminal-frame",
              "all-of-unicode",
              "Text is cut or encoded by bytes, or in another charset than UTF-8.",
              b -> answers(b, b.plain() + " ä ߷ € 𝄞 👩‍👩‍👧 \u0000 \u2028 \u202e")),
          Case.of(
              "conversation/answers-in-order",
              "Messages of one session are worked on side by side; queue them.",
              b -> inOrder(b, 5)),
          one(
              "conversation/answers-in-order",
              "twenty-pipelined",
              "A queue of few places drops what does not fit, or waits for its reader.",
              b -> inOrder(b, 20)),
          Case.of(
              "conversation/runs-do-not-interleave",
              "Runs of one session are worked on side by side.",
              ConversationCases::apart,
              Need.TOOLS),
          Case.of(
              "conversation/nothing-after-the-terminal",
              "Callbacks of tools outlive the run.",
              ConversationCases::nothingAfter,
              Need.TOOLS),
          Case.of(
              "conversation/reads-on-during-a-run",
              "The receive loop awaits the agent before it reads on; start the run beside it.",
              ConversationCases::readsOn,
              Need.SLOW_ANSWER),
          empty("missing", "{\"type\":\"message\",\"data\":{}}"),
          empty("empty", "{\"type\":\"message\",\"data\":{\"content\":\"\"}}"),
          empty("null", "{\"type\":\"message\",\"data\":{\"content\":null}}"),
          empty("number", "{\"type\":\"message\",\"data\":{\"content\":7}}"),
          empty("array", "{\"type\":\"message\",\"data\":{\"content\":[\"a\"]}}"),
          empty("object", "{\"type\":\"message\",\"data\":{\"content\":{\"text\":\"a\"}}}"),
          empty("no-data", "{\"type\":\"message\",\"data\":null}"),
          Case.of(
              "conversation/session-mismatch-is-told",
              "The session id in a message is believed, or ignored.",
              ConversationCases::sessionMismatch),
          Case.of(
              "conversation/known-id-ends-again",
              "A message that is sent again after a cut is worked on again.",
              ConversationCases::knownId),
          Case.of(
              "conversation/agent-failure-is-told",
              "An exception of the agent is swallowed, or its text sent on.",
              ConversationCases::agentFails,
              Need.FAILING_ANSWER),
          Case.of(
              "conversation/tool-status-only-advances",
              "Tool frames are sent from callbacks that may overtake each other.",
              ConversationCases::tools,
              Need.TOOLS),
          Case.of(
              "conversation/nothing-after-a-tools-end",
              "A tool's progress is reported by a timer that its end does not stop.",
              ConversationCases::tools,
              Need.TOOLS),
          Case.of(
              "conversation/busy-is-told",
              "Messages are taken without a limit, or dropped without a word.",
              ConversationCases::busy,
              Need.SLOW_ANSWER));

  private ConversationCases() {}

  private static void answers(Bench b, String words) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(words);
    t.answer();
  }

  private static void oneTerminal(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.plain());
    t.terminal();
    t.quiet("second terminal frame", Event.Text::isEnd);
  }

  private static void withoutId(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.sends(Json.frame("message", "content", b.plain()));
    t.answer();
  }

  private static void inOrder(Bench b, int messages) throws Finds, InterruptedException {
    Talk t = b.connect();
    List<String> ids = new ArrayList<>();
    for (int i = 1; i <= messages; i++) {
      ids.add(t.says(b.plain() + " " + i));
    }
    List<String> answered = new ArrayList<>();
    for (String id : ids) {
      Event.Text end = t.terminal();
      answered.add(end.json().path("reply_to").asText(id));
    }
    if (!answered.equals(ids)) {
      throw new Mismatch("answers in the order " + ids, answered.toString());
    }
  }

  /** Frames that say which run they are of must come run by run; two ends count for the rest. */
  private static void apart(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.stimulus(Stimulus.TWO_TOOLS));
    t.says(b.stimulus(Stimulus.TWO_TOOLS));
    List<String> runs = new ArrayList<>();
    int open = 0;
    for (int ends = 0; ends < 2; ) {
      Event.Text frame = t.expect("the ends of two runs", e -> e.isOfRun() || e.isEnd());
      String run = frame.json().path("run_id").asText(String.valueOf(ends));
      if (runs.isEmpty() || !runs.get(runs.size() - 1).equals(run)) {
        runs.add(run);
        open++;
      }
      if (open > ends + 1) {
        throw new Mismatch("one run after the other", "frames of " + runs + " in turns");
      }
      ends += frame.isEnd() ? 1 : 0;
    }
    if (runs.size() > 2) {
      throw new Mismatch("one run after the other", "frames of " + runs + " in turns");
    }
  }

  private static void nothingAfter(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.stimulus(Stimulus.TWO_TOOLS));
    t.terminal();
    t.quiet("frame of a run behind its end", Event.Text::isOfRun);
  }

  private static void readsOn(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.slow());
    t.sendsText("not JSON, while you work");
    Event.Text first =
        t.expect("an error for the bad frame", Event.Text::isEnd, 2 * t.patienceMs());
    if (first.isAnswer()) {
      throw new Mismatch("an error for the bad frame before the run ends", Talk.describe(first));
    }
  }

  private static Case empty(String word, String frame) {
    return one(
        "conversation/empty-content-is-told",
        word,
        "Content is not checked before the agent gets it.",
        b -> {
          Talk t = b.connect();
          t.sendsText(frame);
          t.error("empty_content");
        });
  }

  private static void sessionMismatch(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.sends(Json.frame("message", "content", "hello", "session_id", "somebody-elses"));
    t.error("session_mismatch");
  }

  private static void knownId(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    Talk before = b.connect(session);
    String id = before.says(b.plain());
    Event.Text first = before.answer();
    before.cut();
    Talk after = b.connect(session);
    after.sends(Json.frame("message", "content", b.plain()).put("id", id));
    Event.Text again =
        after.expect("the end of the run again", e -> e.isEnd() || e.isStatus("processing"));
    if (!again.isAnswer()) {
      throw new Mismatch("the end of the run again and no new run", Talk.describe(again));
    }
    if (!again.data("content").equals(first.data("content"))) {
      throw new Mismatch("the same answer", Talk.describe(again));
    }
    after.quiet("new run", e -> e.isOfRun());
  }

  private static void agentFails(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.stimulus(Stimulus.FAIL));
    t.error("agent_failed");
    t.says(b.plain());
    t.answer();
  }

  private static void tools(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.stimulus(Stimulus.TWO_TOOLS));
    ToolProgress progress = new ToolProgress();
    while (true) {
      Event.Text frame = t.expect("a terminal frame", e -> true);
      if (frame.type().equals("tool_execution")) {
        progress.saw(frame);
      } else if (frame.isEnd()) {
        progress.ended();
        t.quiet("tool frame behind its run", e -> e.type().equals("tool_execution"));
        return;
      }
    }
  }

  /** Many wait behind a slow one; whoever limits that says so, whoever does not is not blamed. */
  private static void busy(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.slow());
    int more = 300;
    for (int i = 0; i < more; i++) {
      t.says(b.plain());
    }
    Event.Text first = t.expect("an end or a refusal", Event.Text::isEnd, 2 * t.patienceMs());
    if (first.isAnswer()) {
      throw new Inapplicable("the server takes " + more + " messages at a time and more");
    }
    boolean told = first.isError("busy") && first.data("retryable").asBoolean(false);
    if (!told) {
      throw new Mismatch("error busy with retryable true", Talk.describe(first));
    }
  }
}
