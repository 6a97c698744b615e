package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;
import java.util.stream.Stream;

/** Section conversation: the greeting, and what is told of messages and failures. */
final class ConversationCases {
  private static final int MANY = 300;

  static final List<Case> ALL =
      Stream.of(
              List.of(greetsFirst()),
              TerminalCases.ALL,
              OrderCases.ALL,
              RunCases.ALL,
              empties(),
              told())
          .flatMap(List::stream)
          .toList();

  private ConversationCases() {}

  private static Case greetsFirst() {
    return Case.of(
            "conversation/greets-first", "The greeting is missing or comes behind something else.")
        .given("a WebSocket opened", b -> b.open("?session_id=" + b.session()))
        .then((b, t) -> t.greeting());
  }

  private static List<Case> empties() {
    return List.of(
        empty("missing", "{\"type\":\"message\",\"data\":{}}"),
        empty("empty", "{\"type\":\"message\",\"data\":{\"content\":\"\"}}"),
        empty("null", "{\"type\":\"message\",\"data\":{\"content\":null}}"),
        empty("number", "{\"type\":\"message\",\"data\":{\"content\":7}}"),
        empty("array", "{\"type\":\"message\",\"data\":{\"content\":[\"a\"]}}"),
        empty("object", "{\"type\":\"message\",\"data\":{\"content\":{\"text\":\"a\"}}}"),
        empty("no-data", "{\"type\":\"message\",\"data\":null}"));
  }

  private static Case empty(String word, String frame) {
    return one(
            "conversation/empty-content-is-told",
            word,
            "Content is not checked before the agent gets it, or is refused in another way.")
        .given(Situations.GREETED)
        .then((b, t) -> {
          t.sendsText(frame);
          endsWith(t, "empty_content");
        });
  }

  private static void endsWith(Talk t, String code) throws Finds, InterruptedException {
    Event.Text end = t.expect("error " + code, Event.Text::isEnd);
    if (!end.isError(code)) {
      throw new Mismatch("error " + code, Talk.describe(end));
    }
  }

  private static List<Case> told() {
    return List.of(
        Case.of(
                "conversation/session-mismatch-is-told",
                "The session id in a message is believed, ignored, or refused in another way.")
            .given(Situations.GREETED)
            .then((b, t) -> {
              t.sends(Json.frame("message", "content", "hello", "session_id", "another-session"));
              endsWith(t, "session_mismatch");
            }),
        Case.of(
                "conversation/known-id-ends-again",
                "A message that is sent again after a cut is worked on again.")
            .given("a run ended, and its session has a new connection", ConversationCases::endedRun)
            .then(ConversationCases::knownId),
        Case.of(
                "conversation/agent-failure-is-told",
                "A failure of the agent is swallowed, or told under another code.",
                Need.FAILING_ANSWER)
            .given(Situations.ANSWERED)
            .then((b, t) -> {
              t.says(b.stimulus(Stimulus.FAIL));
              endsWith(t, "agent_failed");
            }),
        Case.of(
                "conversation/busy-is-told",
                "Messages are taken without a limit, or dropped without a word.",
                Need.SLOW_ANSWER)
            .given("a message behind many others was refused", ConversationCases::refusal)
            .then((b, refusal) -> {
              if (!refusal.isError("busy") || !refusal.data("retryable").asBoolean(false)) {
                throw new Mismatch("error busy with retryable true", Talk.describe(refusal));
              }
            }));
  }

  /**
   * A run that ended before its connection was cut.
   *
   * @param after the session's new connection, on which nothing more is to come
   */
  private record Ended(String id, Event.Text answer, Talk after) {}

  private static Ended endedRun(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    Talk before = b.connect(session);
    String id = before.says(b.plain());
    Event.Text answer = before.answer();
    before.cut();
    Talk after = b.connect(session);
    after.quiet("", e -> false); // frames of a connection that died may be repeated
    return new Ended(id, answer, after);
  }

  private static void knownId(Bench b, Ended run) throws Finds, InterruptedException {
    Talk after = run.after();
    after.sends(Json.frame("message", "content", b.plain()).put("id", run.id()));
    Event.Text again =
        after.expect("the end of the run again", e -> e.isEnd() || e.isStatus("processing"));
    if (!again.isAnswer()) {
      throw new Mismatch("the end of the run again and no new run", Talk.describe(again));
    }
    if (!again.data("content").equals(run.answer().data("content"))) {
      throw new Mismatch("the same answer", Talk.describe(again));
    }
    after.quiet("new run", Event.Text::isOfRun);
  }

  /** Many messages wait behind a slow one: a target may take them all, or tell its limit. */
  private static Event.Text refusal(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    long longMs = t.patienceMs() + b.rehearsed(Stimulus.SLOW).tookMs();
    t.says(b.slow());
    for (int i = 0; i < MANY; i++) {
      t.says(b.plain());
    }
    Event.Text first = t.expect("an end or a refusal", Event.Text::isEnd, longMs);
    if (first.isAnswer()) {
      throw new Inapplicable("the target takes " + MANY + " messages at a time and more");
    }
    String code = first.data("code").asText("");
    if (code.equals("agent_failed")) {
      throw new Unclear("the agent failed at the slow message");
    }
    if (!code.isEmpty() && !code.equals("busy")) {
      throw new Inapplicable("the target has a limit of another kind, and tells it: " + code);
    }
    return first;
  }
}
