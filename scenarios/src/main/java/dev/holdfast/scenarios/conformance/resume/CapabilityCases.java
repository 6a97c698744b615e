package dev.holdfast.scenarios.conformance.resume;

import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Talk;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.List;

/** Capabilities tokens and cancel, for servers that declare them. */
final class CapabilityCases {
  /** A character of two UTF-16 units. */
  private static final String BEYOND_UTF16 = Character.toString(0x1F600);

  static final List<Case> ALL =
      List.of(
          Case.of(
              "resume/capabilities-are-negotiated",
              "Capabilities are used with clients that did not ask for them.",
              b -> {
                Visit visit = Person.in(b).visits();
                if (!visit.connected.data("capabilities").isEmpty()) {
                  throw new Mismatch("no capabilities: none was asked for", visit.connected.text());
                }
                visit.says(b.stimulus(Stimulus.LONG));
                Event.Text first = visit.expect("an answer", e -> e.isEnd() || isPiece(e), 15_000);
                if (isPiece(first)) {
                  throw new Mismatch("no pieces: tokens was not asked for", first.text());
                }
              },
              Need.LONG_ANSWER),
          pieces(
              "tokens/stream-frame",
              "Pieces lack their run or their offset.",
              (frames, end) -> {
                for (Event.Text piece : frames) {
                  boolean good =
                      !piece.field("run_id").isEmpty()
                          && piece.data("delta").isTextual()
                          && piece.data("stream").path("offset").isIntegralNumber();
                  if (!good) {
                    throw new Mismatch("run_id, delta and stream with offset", piece.text());
                  }
                }
              }),
          pieces(
              "tokens/states-advance",
              "Every piece is called the first.",
              (frames, end) -> {
                List<String> order = List.of("start", "delta", "end");
                int last = 0;
                for (Event.Text piece : frames) {
                  String state = piece.data("stream").path("state").asText();
                  int now = order.indexOf(state);
                  if (now < last || (now == 0 && !piece.equals(frames.get(0)))) {
                    throw new Mismatch("start, then delta, then end", piece.text());
                  }
                  last = now;
                }
              }),
          pieces(
              "tokens/pieces-have-no-position",
              "Pieces are counted.",
              (frames, end) -> {
                for (Event.Text piece : frames) {
                  if (piece.json().has("seq")) {
                    throw new Mismatch("no seq on a piece", piece.text());
                  }
                }
              }),
          pieces(
              "tokens/offset-in-utf16-units",
              "Offsets count bytes.",
              (frames, end) -> {
                int length = 0;
                for (Event.Text piece : frames) {
                  int offset = piece.data("stream").path("offset").asInt();
                  if (offset > length) {
                    throw new Mismatch("an offset of at most " + length, piece.text());
                  }
                  length = offset + piece.data("delta").asText().length();
                }
                if (length != end.data("content").asText().length()) {
                  throw new Mismatch(
                      "offsets that lead to " + end.data("content").asText().length() + " units",
                      length + " units");
                }
              }),
          pieces(
              "tokens/no-split-code-point",
              "Text is cut by units.",
              (frames, end) -> {
                for (Event.Text piece : frames) {
                  String text = piece.data("delta").asText();
                  boolean split =
                      !text.isEmpty()
                          && (Character.isLowSurrogate(text.charAt(0))
                              || Character.isHighSurrogate(text.charAt(text.length() - 1)));
                  if (split) {
                    throw new Mismatch("whole code points", piece.text());
                  }
                }
                // Half a pair cannot be written in UTF-8: what arrives is a question mark.
                if (!joined(frames).contains(BEYOND_UTF16)) {
                  throw new Mismatch("pieces that hold " + BEYOND_UTF16, "they lost it");
                }
              }),
          pieces(
              "tokens/terminal-holds-the-whole",
              "The end holds the rest.",
              (frames, end) -> {
                if (end.data("content").asText().length() < joined(frames).length()) {
                  throw new Mismatch("the whole answer", Talk.describe(end));
                }
              }),
          pieces(
              "tokens/terminal-equals-the-pieces",
              "Pieces get lost.",
              (frames, end) -> {
                if (!end.data("content").asText().equals(joined(frames))) {
                  throw new Mismatch("'" + joined(frames) + "'", Talk.describe(end));
                }
              }),
          Case.of(
              "tokens/whole-text-after-caught-up",
              "A client that came back is left with half a text.",
              CapabilityCases::afterResume,
              Need.TOKENS,
              Need.LONG_ANSWER),
          Case.of(
              "cancel/run-ends-cancelled",
              "A cancelled run just stops, or ends as failed.",
              b -> {
                Visit visit = Person.in(b).with("cancel").visits();
                cancels(visit, started(b, visit));
                visit.error("cancelled");
              },
              Need.CANCEL,
              Need.SLOW_ANSWER),
          Case.of(
              "cancel/is-idempotent",
              "A second cancel is an error, or ends the run again.",
              b -> {
                Visit visit = Person.in(b).with("cancel").visits();
                String run = started(b, visit);
                cancels(visit, run);
                visit.error("cancelled");
                cancels(visit, run);
                visit.quiet("second end", Event.Text::isEnd);
                visit.answer(visit.says(b.plain()));
              },
              Need.CANCEL,
              Need.SLOW_ANSWER),
          Case.of(
              "cancel/works-after-a-resume",
              "Only the connection that started a run can cancel it.",
              CapabilityCases::cancelledAfterReturn,
              Need.CANCEL,
              Need.SLOW_ANSWER));

  private static final int CANCELS = 3;

  private CapabilityCases() {}

  private static boolean isPiece(Event.Text frame) {
    return frame.type().equals("message") && frame.data("stream").isObject();
  }

  private static String joined(List<Event.Text> pieces) {
    StringBuilder text = new StringBuilder();
    for (Event.Text piece : pieces) {
      text.setLength(Math.min(text.length(), piece.data("stream").path("offset").asInt()));
      text.append(piece.data("delta").asText());
    }
    return text.toString();
  }

  /** What is said of the pieces of an answer and its end. */
  private interface Look {
    void at(List<Event.Text> pieces, Event.Text end) throws Finds;
  }

  private static Case pieces(String clause, String cause, Look look) {
    return Case.of(
        clause,
        cause,
        b -> {
          Visit visit = Person.in(b).with("tokens").visits();
          Event.Text end =
              visit.answer(
                  visit.says(b.stimulus(Stimulus.LONG) + " " + BEYOND_UTF16 + " end"), 15_000);
          List<Event.Text> pieces =
              visit.talk.heard().stream().filter(CapabilityCases::isPiece).toList();
          if (pieces.isEmpty()) {
            throw new Unclear("no piece came before the answer");
          }
          look.at(pieces, end);
        },
        Need.TOKENS,
        Need.LONG_ANSWER);
  }

  private static void afterResume(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b).with("tokens");
    Visit first = ana.visits();
    String id = first.says(b.stimulus(Stimulus.LONG));
    first.expect("a piece", CapabilityCases::isPiece, 15_000);
    first.talk.cut();
    Visit back = ana.visits().is("resumed");
    back.replay();
    if (ana.frames().stream().anyMatch(Event.Text::isAnswer)) {
      throw new Inapplicable("the answer was whole before anybody was back");
    }
    Event.Text piece = back.expect("a piece or the end", e -> isPiece(e) || e.isEnd(), 15_000);
    if (isPiece(piece) && piece.data("stream").path("offset").asInt(-1) != 0) {
      throw new Mismatch("a piece at offset 0", piece.text());
    }
    if (isPiece(piece)) {
      back.answer(id, 15_000);
    }
  }

  private static String started(Bench b, Visit visit) throws Finds, InterruptedException {
    visit.says(b.slow());
    return visit
        .expect("the first frame of the run", e -> !e.field("run_id").isEmpty())
        .field("run_id");
  }

  /** On a crowded machine a run may end before its cancel arrives; another is begun then. */
  private static void cancelledAfterReturn(Bench b) throws Exception {
    for (int i = 0; i < CANCELS; i++) {
      Person ana = Person.in(b).with("cancel");
      Visit first = ana.visits();
      String run = started(b, first);
      first.talk.cut();
      Visit back = ana.visits().is("resumed");
      if (back.replay().stream().anyMatch(Event.Text::isEnd)) {
        continue;
      }
      cancels(back, run);
      if (back.expect("the run's end", Event.Text::isEnd).isError("cancelled")) {
        return;
      }
    }
    throw new Mismatch("error cancelled", CANCELS + " runs that ended as if nobody had asked");
  }

  private static void cancels(Visit visit, String run) throws Finds {
    visit.sends(visit.positioned(Json.frame("status", "status", "cancel", "run_id", run)));
  }
}
