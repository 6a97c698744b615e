package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Section envelope: what answers a bad frame, and what becomes of its connection. */
final class BadFrameCases {
  private static final String BAD = "not JSON";

  /** A server that takes this many bad frames in a row does not count them. */
  private static final int UNCOUNTED = 12;

  static final List<Case> ALL = all();

  private BadFrameCases() {}

  private static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (BadFrame bad : BadFrame.ALL) {
      cases.add(
          one(
                  "envelope/never-deaf",
                  bad.name(),
                  "An exception in the receive loop ends it without closing the socket.")
              .given(Situations.ANSWERED)
              .then((b, t) -> neverDeaf(b, t, bad)));
    }
    for (BadFrame bad : BadFrame.ALL) {
      if (!bad.clause().isEmpty()) {
        cases.add(
            one(
                    bad.clause(),
                    bad.name(),
                    "The receive loop drops such a frame, takes it, or refuses it in another way.")
                .given(Situations.GREETED)
                .then((b, t) -> told(t, bad)));
      }
    }
    cases.addAll(afterwards());
    return List.copyOf(cases);
  }

  private static boolean isError(Event.Text frame) {
    return frame.type().equals("error");
  }

  /**
   * The bad frame is answered, and a message sent after that too; a close is as good as either.
   *
   * <p>An error proves only that the bad frame was read, and a pong only that pings are: another
   * loop may answer them. So the message is sent when nothing more comes for the bad frame.
   */
  private static void neverDeaf(Bench b, Talk t, BadFrame bad) throws Finds, InterruptedException {
    try {
      bad.send(t);
    } catch (Mismatch closedMeanwhile) {
      return;
    }
    Event reaction = t.nextOf(e -> isError(e) || bad.wasTakenAsGood(e), t.patienceMs());
    if (reaction == null) {
      throw Mismatch.absence(
          "an error or a close within " + t.patienceMs() + " ms of the bad frame", "neither");
    }
    if (reaction instanceof Event.Closed || isClosedSoon(t)) {
      return;
    }
    try {
      t.says(b.plain());
    } catch (Mismatch closedMeanwhile) {
      return;
    }
    if (t.nextOf(Event.Text::isEnd, t.patienceMs()) == null) {
      throw Mismatch.absence(
          "an answer to the message sent after the bad frame, or a close",
          "neither within " + t.patienceMs() + " ms: the connection is open and deaf");
    }
  }

  private static boolean isClosedSoon(Talk t) throws InterruptedException {
    return t.nextOf(e -> false, t.aftermathMs()) != null;
  }

  private static void told(Talk t, BadFrame bad) throws Finds, InterruptedException {
    String wanted = "error " + bad.told();
    bad.send(t);
    Event reaction = t.nextOf(e -> isError(e) || bad.wasTakenAsGood(e), t.patienceMs());
    if (!(reaction instanceof Event.Text frame)) {
      throw Mismatch.absence(wanted + " within " + t.patienceMs() + " ms", Talk.describe(reaction));
    }
    if (bad.isInAnOptionalField() && !isError(frame)) {
      throw new Inapplicable("the server takes the frame: it need not know this field");
    }
    if (!frame.isError(bad.told())) {
      throw new Mismatch(wanted, Talk.describe(frame));
    }
  }

  private static List<Case> afterwards() {
    return List.of(
        Case.of(
                "envelope/bad-frame-keeps-the-connection",
                "Any error of parsing ends the connection, and the user's words with it.")
            .given(
                "a message was answered, and the bad frame after it got an error",
                BadFrameCases::toldOfABadFrame)
            .then((b, t) -> {
              Event end = t.nextOf(e -> false, t.aftermathMs());
              if (end != null) {
                throw Mismatch.absence("the connection to stay open", Talk.describe(end));
              }
              t.says(b.plain());
              t.answer();
            }),
        Case.of(
                "envelope/ten-bad-in-a-row-close-4203",
                "Bad frames are answered for ever; count them.")
            .given("bad frames got an error each", BadFrameCases::nineBad)
            .then((b, nine) -> tenth(nine)),
        Case.of(
                "envelope/good-frame-restarts-the-count",
                "Bad frames are counted for the whole life of a connection.")
            .given("so many bad frames in a row end a connection", BadFrameCases::most)
            .then(BadFrameCases::restarts),
        Case.of(
                "envelope/reply-to-names-the-fault",
                "Errors are made where the frame's id is no longer known.")
            .given("a frame of unknown type with an id got an error", BadFrameCases::errorForAnId)
            .then((b, error) -> {
              if (!error.field("reply_to").equals("f-17")) {
                throw new Mismatch("reply_to f-17", error.text());
              }
            }));
  }

  private static Talk toldOfABadFrame(Bench b) throws Finds, InterruptedException {
    Talk t = Situations.answered(b);
    t.sendsText(BAD);
    Event reaction = t.nextOf(BadFrameCases::isError, t.patienceMs());
    if (reaction instanceof Event.Closed closed) {
      throw new Inapplicable("a bad frame is answered by " + Talk.describe(closed));
    }
    if (reaction == null) {
      throw new Unclear("the bad frame got no error");
    }
    return t;
  }

  private static Event.Text errorForAnId(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.sendsText("{\"type\":\"no_such_type\",\"id\":\"f-17\",\"data\":{}}");
    Event reaction = t.nextOf(BadFrameCases::isError, t.patienceMs());
    if (reaction instanceof Event.Text error) {
      return error;
    }
    throw reaction == null
        ? new Unclear("a frame of unknown type got no error")
        : new Inapplicable("a frame of unknown type is answered by " + Talk.describe(reaction));
  }

  /**
   * Bad frames in a row on one connection.
   *
   * @param errors how many of them got an error
   * @param closed how the connection ended, or null while it is open
   */
  private record Row(Talk talk, int errors, Event.@Nullable Closed closed) {}

  /** Sends bad frames one by one, each when the one before got its error. */
  private static Row bad(Talk t, int most) throws Finds, InterruptedException {
    for (int i = 0; i < most; i++) {
      try {
        t.sendsText(BAD + " " + i);
      } catch (Mismatch closedMeanwhile) {
        return new Row(t, i, t.closed());
      }
      Event reaction = t.nextOf(BadFrameCases::isError, t.patienceMs());
      if (reaction instanceof Event.Closed closed) {
        return new Row(t, i, closed);
      }
      if (reaction == null) {
        throw new Unclear("bad frame " + (i + 1) + " got neither an error nor a close");
      }
    }
    Event end = t.nextOf(e -> false, t.aftermathMs());
    return new Row(t, most, end instanceof Event.Closed closed ? closed : null);
  }

  private static Row nineBad(Bench b) throws Finds, InterruptedException {
    Row row = bad(b.connect(), 9);
    Event.Closed closed = row.closed();
    if (closed != null && closed.code() != 4203) {
      throw new Inapplicable(
          "after " + row.errors() + " errors for bad frames came " + Talk.describe(closed));
    }
    return row;
  }

  private static void tenth(Row nine) throws Finds, InterruptedException {
    if (nine.closed() != null) {
      throw new Mismatch(
          "close 4203 at the tenth bad frame", "it came after " + nine.errors() + " errors");
    }
    nine.talk().sendsText(BAD + " 10");
    nine.talk().closedWith(4203);
  }

  /** How many bad frames in a row the target takes without closing; that its limit is near. */
  private static int most(Bench b) throws Finds, InterruptedException {
    Row row = bad(b.connect(), UNCOUNTED);
    if (row.closed() == null) {
      throw new Inapplicable(UNCOUNTED + " bad frames in a row do not end a connection");
    }
    if (row.errors() < 3) {
      throw new Inapplicable("a connection ends after " + row.errors() + " errors for bad frames");
    }
    return row.errors() - 1;
  }

  private static void restarts(Bench b, int most) throws Finds, InterruptedException {
    Talk t = b.connect();
    Row first = bad(t, most);
    t.pings("between");
    boolean ponged = t.nextOf(e -> e.type().equals("pong"), t.patienceMs()) instanceof Event.Text;
    if (first.closed() != null || !ponged) {
      throw new Unclear("no good frame was read behind " + most + " bad ones");
    }
    Row again = bad(t, most);
    if (again.closed() != null) {
      throw new Mismatch(
          most + " bad frames to be taken again after a good one",
          Talk.describe(again.closed()) + " after " + again.errors() + " errors");
    }
  }
}
