package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Rehearsal.Shape;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.List;

/** Section queue: what a server keeps for a client that is away, for every way to go. */
final class QueueCases {
  /** Frames of a slow run that the families look behind; a longer run is cut at its first ones. */
  private static final int BOUNDARIES = 7;

  /** So close to the end of the run its rest may be written before the cut is noticed. */
  private static final long TOO_CLOSE_MS = 100;

  static final List<Case> ALL = all();

  private QueueCases() {}

  private static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Ending ending : Ending.values()) {
      for (int frame = 0; frame < BOUNDARIES; frame++) {
        cases.add(cut(ending, frame, true));
        cases.add(cut(ending, frame, false));
      }
    }
    cases.add(
        Case.of(
            "queue/replayed-once",
            "The retained frames are sent to every new connection again.",
            QueueCases::once,
            Need.SLOW_ANSWER));
    cases.add(
        Case.of(
            "queue/replayed-in-order",
            "Retained frames are kept in a set, or sent by tasks that overtake each other.",
            QueueCases::inOrder,
            Need.SLOW_ANSWER));
    cases.add(
        Case.of(
            "queue/replayed-after-the-greeting",
            "The replay is started by the handshake and the greeting by another task.",
            QueueCases::afterGreeting,
            Need.SLOW_ANSWER));
    cases.add(
        Case.of(
            "queue/repeats-never-reorder",
            "Frames that could not be sent are put back at the end of the queue.",
            QueueCases::deathInReplay,
            Need.SLOW_ANSWER));
    for (int frames : new int[] {100, 101, 1_000}) {
      cases.add(
          one(
              "queue/retention-limits",
              frames + "-frames",
              "What is kept has a limit below 1,000 frames, or the run stops at a full queue.",
              b -> Retained.keeps(b, frames),
              Need.SLOW_ANSWER,
              Need.LONG_ANSWER,
              Need.TOOLS));
    }
    cases.add(
        one(
            "queue/overflow-is-told",
            "1001-frames",
            "The oldest frame is dropped and nobody is told.",
            b -> Retained.overflows(b, 1_001),
            Need.SLOW_ANSWER,
            Need.LONG_ANSWER,
            Need.TOOLS));
    cases.add(
        Case.of(
            "queue/overflow-leaves-no-silent-hole",
            "What does not fit is dropped from the middle.",
            b -> Retained.overflows(b, 1_300),
            Need.SLOW_ANSWER,
            Need.LONG_ANSWER,
            Need.TOOLS));
    cases.add(
        Case.of(
            "queue/slow-consumer-closes-4002",
            "What a client does not read is kept in memory without a limit.",
            QueueCases::slowConsumer));
    return List.copyOf(cases);
  }

  private static Case cut(Ending ending, int frame, boolean early) {
    return one(
        "queue/retained-while-away",
        ending.word() + "-after-frame-" + frame + (early ? "-back-early" : "-back-late"),
        "Frames made while nobody is connected are dropped, or the run dies with the socket.",
        b -> cutAndBack(b, ending, frame, early),
        Need.SLOW_ANSWER);
  }

  private static void cutAndBack(Bench b, Ending ending, int frame, boolean early)
      throws Finds, InterruptedException {
    Shape shape = b.rehearsed(Stimulus.SLOW);
    if (frame >= shape.frames()) {
      throw new Inapplicable("a slow run of this server has only " + shape.frames() + " frames");
    }
    if (shape.restAfter(frame) < TOO_CLOSE_MS) {
      throw new Inapplicable("the run ends right after frame " + frame + ": it may be written");
    }
    String session = b.session();
    Talk before = b.connect(session);
    before.says(b.slow());
    for (int i = 0; i < frame; i++) {
      before.expect("frame " + (i + 1) + " of the run", Event.Text::isOfRun);
    }
    if (frame == 0) {
      before.stillHears();
    }
    before.ends(ending);
    if (!early) {
      b.pause(shape.surelyOverMs());
    }
    Event.Text end = comesToAnEnd(b.connect(session));
    if (!end.isAnswer()) {
      throw new Mismatch("the answer, as whenever nobody hung up", Talk.describe(end));
    }
  }

  /** The rest of the run comes, its tools never go back, its end comes once and last. */
  private static Event.Text comesToAnEnd(Talk back) throws Finds, InterruptedException {
    ToolProgress tools = new ToolProgress();
    while (true) {
      Event.Text frame = back.expect("the end of the run", e -> e.isOfRun() || e.isEnd(), 15_000);
      if (frame.type().equals("tool_execution")) {
        tools.saw(frame);
      }
      if (frame.isEnd()) {
        back.quiet("frame of the run after its end", Event.Text::isOfRun);
        return frame;
      }
    }
  }

  /** A slow run goes on alone, and somebody comes back when it is over. */
  private static Talk backAfterARun(Bench b, String session) throws Finds, InterruptedException {
    Shape shape = b.rehearsed(Stimulus.SLOW);
    Talk before = b.connect(session);
    before.says(b.slow());
    before.stillHears();
    before.cut();
    b.pause(shape.surelyOverMs());
    return b.open("?session_id=" + session);
  }

  private static void once(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    Talk back = backAfterARun(b, session);
    back.answer();
    back.quiet("second copy of the answer", Event.Text::isAnswer);
    back.stillHears();
    back.peer().close();
    b.connect(session).quiet("second replay", Event.Text::isAnswer);
  }

  private static void inOrder(Bench b) throws Finds, InterruptedException {
    Talk back = backAfterARun(b, b.session());
    back.greeting();
    Event.Text unused = comesToAnEnd(back);
    long last = 0;
    for (Event.Text frame : back.heard()) {
      if (frame.isOfRun() && frame.json().hasNonNull("timestamp")) {
        long at = DateParse.millis(frame.json().path("timestamp"));
        if (at < last) {
          throw new Mismatch("frames in the order in which they were made", Talk.describe(frame));
        }
        last = at;
      }
    }
  }

  private static void afterGreeting(Bench b) throws Finds, InterruptedException {
    Talk back = backAfterARun(b, b.session());
    back.greeting();
    String id = back.says(b.plain());
    Event.Text first = back.answer();
    if (first.field("reply_to").equals(id)) {
      throw new Mismatch("the retained answer before the newer one", Talk.describe(first));
    }
  }

  /** Dies again and again while it is being replayed to; what it sees is never out of order. */
  private static void deathInReplay(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    Talk back = backAfterARun(b, session);
    List<String> before = new ArrayList<>();
    for (int wanted : new int[] {3, 1, 2, 0}) {
      back.greeting();
      Event next = back.next(b.pace().aftermathMs());
      List<String> seen = new ArrayList<>();
      for (int n = 0; next instanceof Event.Text text && n < wanted; n++) {
        if (text.isOfRun()) {
          seen.add(text.field("timestamp"));
        }
        next = back.next(b.pace().aftermathMs());
      }
      back.cut();
      rising(before, seen);
      before.addAll(seen);
      back = b.open("?session_id=" + session);
    }
  }

  /** Repeats may start over anywhere, but then go on as before. */
  private static void rising(List<String> before, List<String> seen) throws Mismatch {
    for (int i = 1; i < seen.size(); i++) {
      int first = before.indexOf(seen.get(i - 1));
      int second = before.indexOf(seen.get(i));
      if (first >= 0 && second >= 0 && second < first) {
        throw new Mismatch("a repeat in the order of before", seen + " after " + before);
      }
    }
    List<String> sorted = seen.stream().sorted().toList();
    if (!sorted.equals(seen)) {
      throw new Mismatch("frames in the order in which they were made", seen.toString());
    }
  }

  private static void slowConsumer(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.peer().stopsReading();
    String padding = "x".repeat(100);
    boolean cut = false;
    for (int i = 0; i < 150_000 && !cut; i++) {
      try {
        t.peer().textUnlogged("{\"type\":\"ping\",\"id\":\"" + padding + i + "\",\"data\":{}}");
      } catch (java.io.IOException e) {
        b.log().note("c1", "after " + i + " pings nothing more can be written: " + e.getMessage());
        cut = true;
      }
    }
    t.peer().readsOn();
    Event.Closed closed = closedAtLast(t);
    if (closed.code() == 1006 && cut) {
      throw new Inapplicable("the server reads no more from a client that does not read");
    }
    if (closed.reason().contains("floods")) {
      throw new Mismatch("close 4002", "nothing: all that waited was kept and came");
    }
    if (closed.code() == CloseCode.RATE_LIMITED) {
      throw new Inapplicable("it ends a connection for the rate of its texts before that");
    }
    if (closed.code() != 4002) {
      throw new Mismatch("close 4002", Talk.describe(closed));
    }
  }

  private static Event.Closed closedAtLast(Talk t) throws Finds, InterruptedException {
    return t.closed(3 * t.patienceMs());
  }
}
