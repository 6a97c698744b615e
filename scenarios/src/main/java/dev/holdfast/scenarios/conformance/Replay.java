package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came, in its order, on the first connection after a run that ended while its client was
 * away.
 *
 * @param newer the id of a message that was said on this connection; empty when none was
 * @param echoes whether answers contain what was said
 */
record Replay(String session, Talk back, List<Event.Text> came, String newer, boolean echoes) {
  /** A word of the message that is said on this connection. */
  private static final String MARK = "newer-4711";

  /** A target that twice sends nothing of what it made keeps nothing. */
  private static final int ATTEMPTS = 2;

  Replay {
    came = List.copyOf(came);
  }

  /** A replay of at least one frame of the run. */
  static Replay of(Bench b) throws Finds, InterruptedException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Replay replay = replay(b, false);
      if (!replay.frames().isEmpty()) {
        return replay;
      }
    }
    throw new Inapplicable(
        "nothing of a run that ended while the client was away was sent to it, twice: nothing is"
            + " retained");
  }

  /** A replay of frames whose order can be judged. */
  static Replay ofSeveral(Bench b) throws Finds, InterruptedException {
    InARun.refuseOrderless(b);
    Replay replay = of(b);
    if (replay.frames().size() < 2) {
      throw new Unclear("only one frame was replayed: " + Talk.describe(replay.frames().get(0)));
    }
    return replay;
  }

  /** Something of the earlier connection came: a frame of its run, or the pong of its ping. */
  static Replay met(Bench b) throws Finds, InterruptedException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Replay replay = replay(b, true);
      if (replay.hasSomethingOfBefore()) {
        return replay;
      }
    }
    throw new Inapplicable(
        "nothing of an earlier connection was sent to the next one, twice: nothing is retained");
  }

  private static Replay replay(Bench b, boolean speaking) throws Finds, InterruptedException {
    String session = b.session();
    Talk back = QueueCases.backAfterARun(b, session);
    String newer = "";
    long untilMs = b.log().nowMs() + back.patienceMs();
    Event next = back.next(back.patienceMs());
    while (next instanceof Event.Text frame) {
      if (speaking && newer.isEmpty() && frame.isStatus("connected")) {
        newer = back.says(b.plain() + " " + MARK);
      }
      boolean over = ends(back) >= (newer.isEmpty() ? 1 : 2);
      next = back.next(over ? b.pace().aftermathMs() : Math.max(0, untilMs - b.log().nowMs()));
    }
    boolean echoes = speaking && b.rehearsal().echoes(b);
    return new Replay(session, back, new ArrayList<>(back.heard()), newer, echoes);
  }

  private static long ends(Talk talk) {
    return talk.heard().stream().filter(Replay::isEnd).count();
  }

  /** The frames of the run, as they came. */
  private List<Event.Text> frames() {
    return came.stream().filter(Replay::isOfRun).toList();
  }

  private static boolean isOfRun(Event.Text frame) {
    return frame.isOfRun() || isEnd(frame);
  }

  private static boolean isEnd(Event.Text frame) {
    return frame.isEnd() && !frame.isError("replay_overflow");
  }

  private int greetingAt() {
    for (int i = 0; i < came.size(); i++) {
      if (came.get(i).isStatus("connected")) {
        return i;
      }
    }
    return came.size();
  }

  /** A pong that was not asked for here, a frame ahead of the greeting, or an end of before. */
  private boolean hasSomethingOfBefore() {
    List<Event.Text> ends = came.stream().filter(Replay::isEnd).toList();
    return came.stream().anyMatch(e -> e.type().equals("pong"))
        || came.subList(0, greetingAt()).stream().anyMatch(Replay::isOfRun)
        || ends.size() > (newer.isEmpty() ? 0 : 1)
        || ends.stream().anyMatch(this::answersAnother);
  }

  /** Whether it answers a message that was not said on this connection. */
  private boolean answersAnother(Event.Text frame) {
    String answered = frame.field("reply_to");
    return answered.isEmpty()
        ? echoes && frame.isAnswer() && !marked(frame)
        : !answered.equals(newer);
  }

  private boolean answersTheNewer(Event.Text frame) {
    String answered = frame.field("reply_to");
    return answered.isEmpty() ? echoes && marked(frame) : answered.equals(newer);
  }

  private static boolean marked(Event.Text frame) {
    return frame.data("content").asText().contains(MARK);
  }

  /** No frame comes again, here or on a connection after one that was closed in good order. */
  static void isOnce(Bench b, Replay replay) throws Finds, InterruptedException {
    Set<String> ids = new HashSet<>();
    int ends = 0;
    for (Event.Text frame : replay.frames()) {
      ends += isEnd(frame) ? 1 : 0;
      boolean again = !frame.field("id").isEmpty() && !ids.add(frame.field("id"));
      if (ends > 1 || again) {
        throw new Mismatch("each retained frame once", "a second " + Talk.describe(frame));
      }
    }
    replay.back.ends(Ending.CLOSE);
    Event.Closed closed = closed(replay.back);
    if (closed == null || closed.code() == 1006) {
      return; // A connection that died may have lost what was written to it.
    }
    b.connect(replay.session).quiet("second replay", Replay::isOfRun);
  }

  private static Event.@Nullable Closed closed(Talk talk) throws InterruptedException {
    Event next = talk.next(talk.patienceMs());
    while (next != null && !(next instanceof Event.Closed)) {
      next = talk.next(talk.patienceMs());
    }
    return (Event.Closed) next;
  }

  void isInOrder(Bench b) throws Finds, InterruptedException {
    RunOrder.check(frames(), b.rehearsed(Stimulus.SLOW).stamped());
  }

  /**
   * Nothing of before comes ahead of the greeting, and nothing newer ahead of what was retained.
   */
  static void isAfterGreeting(Bench b, Replay replay) throws Finds {
    int greeting = replay.greetingAt();
    for (Event.Text frame : replay.came.subList(0, greeting)) {
      if (isOfRun(frame) || frame.type().equals("pong")) {
        throw new Mismatch("the greeting before what was retained", Talk.describe(frame));
      }
    }
    boolean newerCame = false;
    for (Event.Text frame : replay.came.subList(greeting, replay.came.size())) {
      if (newerCame && isOfRun(frame) && replay.answersAnother(frame)) {
        throw new Mismatch("what was retained before what is newer", Talk.describe(frame));
      }
      newerCame |= isOfRun(frame) && replay.answersTheNewer(frame);
    }
  }
}
