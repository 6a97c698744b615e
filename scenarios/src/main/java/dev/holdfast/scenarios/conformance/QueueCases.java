package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Case.Turn;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.List;

/** Section queue: what a server keeps for a client that is away, for every way to go. */
final class QueueCases {
  /** Frames of a slow run that the families look behind; a longer run is cut at its first ones. */
  private static final int BOUNDARIES = 7;

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
    cases.addAll(replayed());
    for (int frames : new int[] {100, 101, 1_000}) {
      cases.add(keeps(frames));
    }
    cases.add(
        overflows(
            one(
                "queue/overflow-is-told",
                "1001-frames",
                "The oldest frame is dropped and the client is not told.",
                Retained.NEEDS),
            1_001));
    cases.add(
        overflows(
            Case.of(
                "queue/overflow-leaves-no-silent-hole",
                "What does not fit is dropped from the middle.",
                Retained.NEEDS),
            1_300));
    cases.add(
        Case.of(
                "queue/slow-consumer-closes-4002",
                "What a client does not read is kept in memory without a limit, or its connection is"
                    + " closed with another code.")
            .given(
                "a client read nothing while the server wrote more than the client's receive"
                    + " window takes",
                SlowConsumer::unread)
            .then((b, unread) -> unread.isClosed())
            .at(Turn.LOADING));
    return List.copyOf(cases);
  }

  /**
   * A client that came back.
   *
   * @param taken whether it is sure that the server took its message
   */
  private record Returned(InARun left, Ending how, boolean taken, Talk back) {}

  private static Case cut(Ending ending, int frame, boolean early) {
    return one(
            "queue/retained-while-away",
            ending.word() + "-after-frame-" + frame + (early ? "-back-early" : "-back-late"),
            "Frames made while no client is connected are dropped, or the run dies with the socket. Or"
                + " state is not shared between the processes behind this address.",
            Need.SLOW_ANSWER)
        .given(
            "the connection ended when "
                + (frame == 0 ? "no frame" : "frame " + frame)
                + " of a run had been read and its end had not come, and the client came back "
                + (early ? "at once" : "after the run"),
            b -> cutAndBack(b, ending, frame, early))
        .then(QueueCases::comesToAnEnd);
  }

  private static Returned cutAndBack(Bench b, Ending ending, int frame, boolean early)
      throws Finds, InterruptedException {
    String session = b.session();
    InARun run = InARun.cutAfter(b, session, frame);
    boolean taken = run.ends(b, ending);
    if (!early) {
      b.pause(run.shape().surelyOverMs());
    }
    return new Returned(run, ending, taken, b.connect(session));
  }

  /** The end of the run comes; what a server may have lost on the dead connection excuses it. */
  private static void comesToAnEnd(Bench b, Returned client) throws Finds, InterruptedException {
    Event.Text end;
    try {
      end = client.back.expect("the end of the run", Event.Text::isEnd, client.left.endsWithinMs());
    } catch (Mismatch nothing) {
      if (!client.taken && client.how == Ending.RST) {
        throw new Unclear("the server may not have read the message before the reset");
      }
      if (!b.rehearsal().pongsInARun(b)) {
        throw new Unclear(
            "this server reads nothing during a run: it may have written all to the dead"
                + " connection");
      }
      throw nothing;
    }
    if (!end.isAnswer()) {
      throw new Mismatch("the answer, as without a cut", Talk.describe(end));
    }
  }

  private static List<Case> replayed() {
    return List.of(
        Case.of(
                "queue/replayed-once",
                "The retained frames are sent to every new connection again.",
                Need.SLOW_ANSWER)
            .given("frames of a run that ended while the client was away were replayed", Replay::of)
            .then(Replay::isOnce),
        Case.of(
                "queue/replayed-in-order",
                "Retained frames are kept in a set, or sent by tasks that overtake each other.",
                Need.SLOW_ANSWER)
            .given("two or more frames that can be told apart were replayed", Replay::ofSeveral)
            .then((b, replay) -> replay.isInOrder(b)),
        Case.of(
                "queue/replayed-after-the-greeting",
                "The replay is started by the handshake and the greeting by another task.",
                Need.SLOW_ANSWER)
            .given("something of an earlier connection was sent to the next one", Replay::met)
            .then(Replay::isAfterGreeting),
        Case.of(
                "queue/repeats-never-reorder",
                "Frames that could not be sent are put back at the end of the queue.",
                Need.SLOW_ANSWER)
            .given(
                "connections died while two or more frames were replayed to them", Deaths::inReplay)
            .then((b, deaths) -> deaths.keepOrder()));
  }

  private static Case keeps(int frames) {
    return one(
            "queue/retention-limits",
            frames + "-frames",
            "What is kept has a limit below 1,000 frames, or the run stops at a full queue.",
            Retained.NEEDS)
        .given(
            frames + " frames of at most 1 MiB were made while the client was away",
            b -> Retained.made(b, frames))
        .then((b, made) -> made.allCome())
        .at(Turn.LOADING);
  }

  private static Case overflows(Draft<Bench, Case> draft, int frames) {
    return draft
        .given(
            "of " + frames + " frames that were made while the client was away some were given up",
            b -> Retained.made(b, frames).givenUp())
        .then((b, left) -> left.isTold())
        .at(Turn.LOADING);
  }

  /** A slow run ends while the client is away; its next connection, of which nothing was read. */
  static Talk backAfterARun(Bench b, String session) throws Finds, InterruptedException {
    InARun run = InARun.begun(b, session);
    run.talk().pings("before-the-cut");
    run.ends(b, Ending.RST);
    b.pause(b.rehearsed(Stimulus.SLOW).surelyOverMs());
    return b.open("?session_id=" + session);
  }
}
