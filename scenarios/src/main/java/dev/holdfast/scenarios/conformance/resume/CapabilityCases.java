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
import org.jspecify.annotations.Nullable;

/** Capabilities tokens and cancel, for servers that declare them. */
final class CapabilityCases {
  /** A character of two UTF-16 units. */
  private static final String BEYOND_UTF16 = Character.toString(0x1F600);

  /** A run that ends by itself so soon after its cancel may have ended before that was read. */
  private static final long TOO_CLOSE_MS = 300;

  /** How often a situation that chance may prevent is tried. */
  private static final int TRIES = 3;

  static final List<Case> ALL =
      List.of(
          Case.of(
                  "resume/capabilities-are-negotiated",
                  "Capabilities are used with clients that did not ask for them.",
                  Need.LONG_ANSWER)
              .given(
                  "a client that asked for no capability got a long answer",
                  b -> {
                    Visit visit = Person.in(b).visits();
                    visit.answer(visit.says(b.stimulus(Stimulus.LONG)), visit.slowMs());
                    return visit;
                  })
              .then(CapabilityCases::usesNone),
          pieces(
              "tokens/stream-frame",
              "Pieces lack their run or their offset.",
              all(piece -> {
                boolean good =
                    !piece.field("run_id").isEmpty()
                        && piece.data("delta").isTextual()
                        && piece.data("stream").path("offset").isIntegralNumber();
                return good ? "" : "run_id, delta and stream with offset";
              })),
          pieces(
              "tokens/states-advance",
              "Every piece is called the first.",
              CapabilityCases::statesAdvance),
          pieces(
              "tokens/pieces-have-no-position",
              "Pieces are counted.",
              all(piece -> piece.json().has("seq") ? "no seq on a piece" : "")),
          pieces("tokens/offset-in-utf16-units", "Offsets count bytes.", CapabilityCases::offsets),
          pieces("tokens/no-split-code-point", "Text is cut by units.", CapabilityCases::whole),
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
                  Need.TOKENS,
                  Need.LONG_ANSWER)
              .given(
                  "a link was cut between the pieces of an answer, and a piece came after caught_up",
                  CapabilityCases::afterResume)
              .then((b, piece) -> {
                if (piece.data("stream").path("offset").asInt(-1) != 0) {
                  throw new Mismatch("a piece at offset 0", Talk.describe(piece));
                }
              }),
          Case.of(
                  "cancel/run-ends-cancelled",
                  "A cancelled run just stops, or ends as failed.",
                  Need.CANCEL,
                  Need.SLOW_ANSWER)
              .given(
                  "a cancel was sent in the middle of a run, long before the run would have ended",
                  b -> cancelled(b, false))
              .then(CapabilityCases::endsCancelled),
          Case.of(
                  "cancel/is-idempotent",
                  "A second cancel is an error, or ends the run again.",
                  Need.CANCEL,
                  Need.SLOW_ANSWER)
              .given(
                  "a run was cancelled and ended with error cancelled",
                  b -> {
                    Cancelled run = cancelled(b, false);
                    endsCancelled(b, run);
                    return run;
                  })
              .then((b, run) -> {
                cancels(run.visit(), run.run());
                run.visit().quiet("second end", Event.Text::isEnd);
                run.visit().answer(run.visit().says(b.plain()));
              }),
          Case.of(
                  "cancel/works-after-a-resume",
                  "Only the connection that started a run can cancel it.",
                  Need.CANCEL,
                  Need.SLOW_ANSWER)
              .given(
                  "a cancel was sent after a resume in the middle of a run, long before the run would"
                      + " have ended",
                  b -> cancelled(b, true))
              .then(CapabilityCases::endsCancelled));

  private CapabilityCases() {}

  private static boolean isPiece(Event.Text frame) {
    return frame.type().equals("message") && frame.data("stream").isObject();
  }

  private static void usesNone(Bench b, Visit visit) throws Mismatch {
    if (!visit.connected.data("capabilities").isEmpty()) {
      throw new Mismatch("no capabilities: none was asked for", visit.connected.text());
    }
    for (Event.Text frame : visit.talk.heard()) {
      if (isPiece(frame)) {
        throw new Mismatch("no pieces: tokens was not asked for", frame.text());
      }
    }
  }

  private static String joined(List<Event.Text> pieces) {
    StringBuilder text = new StringBuilder();
    for (Event.Text piece : pieces) {
      int offset = piece.data("stream").path("offset").asInt();
      text.setLength(Math.clamp(offset, 0, text.length()));
      text.append(piece.data("delta").asText());
    }
    return text.toString();
  }

  /** What is judged about the pieces of an answer and its end. */
  private interface Look {
    void at(List<Event.Text> pieces, Event.Text end) throws Finds;
  }

  /** What a piece lacks; empty when it is good. */
  private interface Lack {
    String of(Event.Text piece);
  }

  private static Look all(Lack lack) {
    return (pieces, end) -> {
      for (Event.Text piece : pieces) {
        if (!lack.of(piece).isEmpty()) {
          throw new Mismatch(lack.of(piece), piece.text());
        }
      }
    };
  }

  private record Streamed(List<Event.Text> pieces, Event.Text end) {}

  private static Case pieces(String clause, String cause, Look look) {
    return Case.of(clause, cause, Need.TOKENS, Need.LONG_ANSWER)
        .given("tokens was negotiated, and a long answer came in pieces", CapabilityCases::streamed)
        .then((b, answer) -> look.at(answer.pieces(), answer.end()));
  }

  private static Streamed streamed(Bench b) throws Finds, InterruptedException {
    Visit visit = Person.in(b).with("tokens").visits().grants("tokens");
    String words = b.stimulus(Stimulus.LONG) + " " + BEYOND_UTF16 + " end";
    Event.Text end = visit.answer(visit.says(words), visit.slowMs());
    List<Event.Text> pieces = visit.talk.heard().stream().filter(CapabilityCases::isPiece).toList();
    if (pieces.isEmpty()) {
      throw new Unclear("no piece came before the answer");
    }
    return new Streamed(pieces, end);
  }

  private static void statesAdvance(List<Event.Text> pieces, Event.Text end) throws Mismatch {
    List<String> order = List.of("start", "delta", "end", "aborted");
    int last = 0;
    for (Event.Text piece : pieces) {
      int now = order.indexOf(piece.data("stream").path("state").asText());
      if (now < last || (now == 0 && !piece.equals(pieces.get(0)))) {
        throw new Mismatch("start, then delta, then end or aborted", piece.text());
      }
      last = now;
    }
  }

  private static void offsets(List<Event.Text> pieces, Event.Text end) throws Mismatch {
    int length = 0;
    for (Event.Text piece : pieces) {
      int offset = piece.data("stream").path("offset").asInt();
      if (offset > length) {
        throw new Mismatch("an offset of at most " + length, piece.text());
      }
      length = offset + piece.data("delta").asText().length();
    }
    int whole = end.data("content").asText().length();
    if (length != whole) {
      throw new Mismatch("offsets that lead to " + whole + " units", length + " units");
    }
  }

  private static void whole(List<Event.Text> pieces, Event.Text end) throws Finds {
    for (Event.Text piece : pieces) {
      String text = piece.data("delta").asText();
      boolean split =
          !text.isEmpty()
              && (Character.isLowSurrogate(text.charAt(0))
                  || Character.isHighSurrogate(text.charAt(text.length() - 1)));
      if (split) {
        throw new Mismatch("whole code points", piece.text());
      }
    }
    if (!end.data("content").asText().contains(BEYOND_UTF16)) {
      throw new Inapplicable("the answer holds no character of two UTF-16 units");
    }
    // Half a pair cannot be written in UTF-8: what arrives is a question mark.
    if (!joined(pieces).contains(BEYOND_UTF16)) {
      throw new Mismatch("pieces that hold " + BEYOND_UTF16, "they lost it");
    }
  }

  private static Event.Text afterResume(Bench b) throws Finds, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      Person ana = Person.in(b).with("tokens");
      Visit first = ana.visits().grants("tokens");
      first.says(b.stimulus(Stimulus.LONG));
      first.expect("a piece", CapabilityCases::isPiece, first.slowMs());
      first.talk.cut();
      Visit back = ana.visits().is("resumed").grants("tokens");
      back.replay();
      if (!ana.sawAnEnd()) {
        Event.Text next =
            back.expect("a piece or the end", e -> isPiece(e) || e.isEnd(), back.slowMs());
        if (isPiece(next)) {
          return next;
        }
      }
    }
    throw new Unclear("the answer was whole before its client was back");
  }

  /**
   * A run after its cancel.
   *
   * @param run its run_id
   * @param end the first end of a run after that
   */
  private record Cancelled(Visit visit, String run, Event.Text end) {}

  /** On a busy machine a run may end before its cancel is read; another one is begun then. */
  private static Cancelled cancelled(Bench b, boolean afterResume)
      throws Finds, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      Cancelled cancelled = cancelledOnce(b, afterResume);
      if (cancelled != null) {
        return cancelled;
      }
    }
    throw new Unclear(TRIES + " runs ended before their cancel was surely read");
  }

  private static @Nullable Cancelled cancelledOnce(Bench b, boolean afterResume)
      throws Finds, InterruptedException {
    Person ana = Person.in(b).with("cancel");
    Visit visit = ana.visits().grants("cancel");
    visit.says(b.slow());
    String run =
        visit
            .expect("the first frame of the run", e -> !e.field("run_id").isEmpty(), visit.slowMs())
            .field("run_id");
    if (afterResume) {
      visit.talk.cut();
      visit = ana.visits().is("resumed").grants("cancel");
      visit.replay();
    }
    if (ana.sawAnEnd()) {
      return null;
    }
    long sentMs = b.log().nowMs();
    cancels(visit, run);
    Event.Text end = visit.expect("the run's end", Event.Text::isEnd, visit.slowMs());
    boolean bySelf = end.isAnswer() && end.atMs() - sentMs < TOO_CLOSE_MS;
    return bySelf ? null : new Cancelled(visit, run, end);
  }

  private static void endsCancelled(Bench b, Cancelled run) throws Mismatch {
    if (!run.end().isError("cancelled")) {
      throw new Mismatch("error cancelled", Talk.describe(run.end()));
    }
  }

  private static void cancels(Visit visit, String run) throws Finds {
    visit.sends(visit.positioned(Json.frame("status", "status", "cancel", "run_id", run)));
  }
}
