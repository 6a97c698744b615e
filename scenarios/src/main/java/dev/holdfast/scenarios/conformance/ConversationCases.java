package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.List;

/** Section conversation: greeting, messages, runs and their ends. */
final class ConversationCases {
  private static final long AFTERMATH_MS = 300;

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
          Case.of(
              "conversation/answers-in-order",
              "Messages of one session are worked on side by side; queue them.",
              ConversationCases::inOrder),
          Case.of(
              "conversation/empty-content-is-told",
              "Content is not checked before the agent gets it.",
              ConversationCases::emptyContent),
          Case.of(
              "conversation/session-mismatch-is-told",
              "The session id in a message is believed, or ignored.",
              ConversationCases::sessionMismatch),
          Case.of(
              "conversation/agent-failure-is-told",
              "An exception of the agent is swallowed, or its text sent on.",
              ConversationCases::agentFails,
              Need.FAILING_ANSWER),
          Case.of(
              "conversation/tool-status-only-advances",
              "Tool frames are sent from callbacks that may overtake each other.",
              ConversationCases::tools,
              Need.TOOLS));

  private ConversationCases() {}

  private static void oneTerminal(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.stimulus(Stimulus.PLAIN));
    t.terminal(Talk.PATIENCE_MS);
    t.quiet("second terminal frame", e -> e.isAnswer() || e.type().equals("error"), AFTERMATH_MS);
  }

  private static void inOrder(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    List<String> ids = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      ids.add(t.says(b.stimulus(Stimulus.PLAIN) + " " + i));
    }
    List<String> answered = new ArrayList<>();
    for (String id : ids) {
      Event.Text end = t.terminal(Talk.PATIENCE_MS);
      answered.add(end.json().path("reply_to").asText(id));
    }
    if (!answered.equals(ids)) {
      throw new Mismatch("answers in the order " + ids, answered.toString());
    }
  }

  private static void emptyContent(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    for (Object content : new Object[] {"", 7, List.of("a")}) {
      t.sends(Json.frame("message", "content", content));
      t.expect("error empty_content", e -> e.isError("empty_content"), Talk.PATIENCE_MS);
    }
    t.sends(Json.frame("message"));
    t.expect("error empty_content", e -> e.isError("empty_content"), Talk.PATIENCE_MS);
  }

  private static void sessionMismatch(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.sends(Json.frame("message", "content", "hello", "session_id", "somebody-elses"));
    t.expect("error session_mismatch", e -> e.isError("session_mismatch"), Talk.PATIENCE_MS);
  }

  private static void agentFails(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.stimulus(Stimulus.FAIL));
    t.expect("error agent_failed", e -> e.isError("agent_failed"), Talk.PATIENCE_MS);
    t.says(b.stimulus(Stimulus.PLAIN));
    t.answer(Talk.PATIENCE_MS);
  }

  private static void tools(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.stimulus(Stimulus.TWO_TOOLS));
    ToolProgress progress = new ToolProgress();
    while (true) {
      Event.Text frame = t.expect("a terminal frame", e -> true, Talk.PATIENCE_MS);
      if (frame.type().equals("tool_execution")) {
        progress.saw(frame);
      } else if (frame.isAnswer() || frame.type().equals("error")) {
        progress.ended();
        t.quiet("tool frame behind its run", e -> e.type().equals("tool_execution"), AFTERMATH_MS);
        return;
      }
    }
  }
}
