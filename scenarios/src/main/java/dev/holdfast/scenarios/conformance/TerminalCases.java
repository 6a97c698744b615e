package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Case.Turn;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Section conversation: each message gets one terminal frame, whatever it looks like. */
final class TerminalCases {
  private static final String CLAUSE = "conversation/one-terminal-frame";

  /** An agent may try more than once before it fails. */
  private static final long FAILS_WITHIN_MS = 30_000;

  /** Characters that programs trip over, by name. */
  private static final Map<String, String> CHARACTERS = new LinkedHashMap<>();

  static {
    CHARACTERS.put("U+00E4, two bytes", "ä");
    CHARACTERS.put("U+07F7, two bytes", "߷");
    CHARACTERS.put("U+20AC, three bytes", "€");
    CHARACTERS.put("U+1D11E, four bytes", "𝄞");
    CHARACTERS.put("U+1F469 U+200D, joined emoji", "👩‍👩‍👧");
    CHARACTERS.put("U+2028, a line separator", "\u2028");
    CHARACTERS.put("U+202E, a change of direction", "\u202e");
    CHARACTERS.put("U+0000, the null character", "\u0000");
  }

  static final List<Case> ALL =
      List.of(
          Case.of(CLAUSE, "A run ends twice, or its end is lost on the way to the connection.")
              .given(Situations.GREETED)
              .then(TerminalCases::once),
          one(
                  CLAUSE,
                  "in-any-trace",
                  "A connection stays subscribed after it died, or gets answers of another session.")
              .given(
                  "answers that can be told apart came before and after cuts",
                  TerminalCases::returned)
              .then((b, answer) -> b.noTerminalTwice())
              .at(Turn.AFTERWARDS),
          one(
                  CLAUSE,
                  "without-id",
                  "A message without an id is dropped; ids are for the sender to give or not.")
              .given(Situations.ANSWERED)
              .then((b, t) -> {
                t.sends(Json.frame("message", "content", b.plain()));
                t.terminal();
              }),
          one(
                  CLAUSE,
                  "failing-agent",
                  "An exception of the agent ends its task, and no frame tells the client.",
                  Need.FAILING_ANSWER)
              .given(Situations.ANSWERED)
              .then((b, t) -> {
                t.says(b.stimulus(Stimulus.FAIL));
                long withinMs = Math.max(t.patienceMs(), FAILS_WITHIN_MS);
                t.expect("the end of a run whose agent fails", Event.Text::isEnd, withinMs);
              }),
          one(CLAUSE, "long-message", "A buffer for messages is smaller than users' messages.")
              .given(Situations.ANSWERED)
              .then((b, t) -> {
                t.says(b.plain() + " " + "and so on ".repeat(5_000));
                t.terminal();
              }),
          one(
                  CLAUSE,
                  "all-of-unicode",
                  "A character ends a text early, is not allowed where texts are stored, or is cut.")
              .given(Situations.ANSWERED)
              .then(TerminalCases::allOfUnicode));

  private TerminalCases() {}

  private static void once(Bench b, Talk t) throws Finds, InterruptedException {
    t.says(b.plain());
    t.terminal();
    t.quiet("second terminal frame", Event.Text::isEnd);
  }

  /** Comes back after each way to end a connection, and says something on each. */
  private static Event.Text returned(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    Talk t = b.connect(session);
    String id = t.says(b.plain());
    Event.Text answer = t.answer();
    if (!answer.field("reply_to").equals(id) && !SurplusTerminals.isDated(answer)) {
      throw new Inapplicable("answers neither name their message nor carry milliseconds");
    }
    for (Ending ending : Ending.values()) {
      t.ends(ending);
      t = b.connect(session);
      t.says(b.plain());
      t.answer();
      t.quiet("", e -> false);
    }
    return answer;
  }

  private static void allOfUnicode(Bench b, Talk t) throws Finds, InterruptedException {
    t.says(b.plain() + " " + String.join(" ", CHARACTERS.values()));
    Event end = t.nextOf(Event.Text::isEnd, t.patienceMs());
    if (end instanceof Event.Text text && text.isAnswer()) {
      return;
    }
    List<String> culprits = new ArrayList<>();
    for (Map.Entry<String, String> character : CHARACTERS.entrySet()) {
      if (!isAnswered(b, b.plain() + " " + character.getValue())) {
        culprits.add(character.getKey());
      }
    }
    String seen = Talk.describe(end) + "; " + (culprits.isEmpty() ? "none alone" : culprits);
    throw end instanceof Event.Text
        ? new Mismatch("an answer to a message with any character", seen)
        : Mismatch.absence("an answer to a message with any character", seen);
  }

  private static boolean isAnswered(Bench b, String words) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(words);
    Event end = t.nextOf(Event.Text::isEnd, t.patienceMs());
    t.peer().close();
    return end instanceof Event.Text text && text.isAnswer();
  }
}
