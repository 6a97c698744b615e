package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections of one session that died one after the other while a run was replayed to them.
 *
 * @param received the frames of the run that each of them got
 * @param stamped whether this target's timestamps rise while a run is watched without a cut
 */
record Deaths(List<List<Event.Text>> received, boolean stamped) {
  /** After how many frames each connection dies. */
  private static final int[] READ = {3, 1, 2, 0};

  /** The first replay had two frames that can be told apart, and died. */
  static Deaths inReplay(Bench b) throws Finds, InterruptedException {
    InARun.refuseOrderless(b);
    String session = b.session();
    Talk back = QueueCases.backAfterARun(b, session);
    List<List<Event.Text>> received = new ArrayList<>();
    for (int wanted : READ) {
      back.greeting();
      received.add(untilDead(b, back, wanted, received.isEmpty()));
      back = b.open("?session_id=" + session);
    }
    if (received.stream().allMatch(frames -> frames.size() < 2)) {
      throw new Unclear("no connection got two frames of the run before it died");
    }
    return new Deaths(received, b.rehearsed(Stimulus.SLOW).stamped());
  }

  /** What of the run comes on a connection that is cut after some frames. */
  private static List<Event.Text> untilDead(Bench b, Talk talk, int wanted, boolean first)
      throws Finds, InterruptedException {
    List<Event.Text> frames = new ArrayList<>();
    Event next = talk.next(first ? talk.patienceMs() : b.pace().aftermathMs());
    while (next instanceof Event.Text text) {
      if (text.isOfRun() || text.isEnd()) {
        frames.add(text);
      }
      next = frames.size() >= wanted ? null : talk.next(b.pace().aftermathMs());
    }
    talk.cut();
    Event rest = talk.next(talk.patienceMs());
    while (rest instanceof Event.Text text) {
      if (text.isOfRun() || text.isEnd()) {
        frames.add(text);
      }
      rest = talk.next(talk.patienceMs());
    }
    return frames;
  }

  /** Each connection got its frames in order, and two that came twice in the order of before. */
  void keepOrder() throws Mismatch {
    List<String> before = new ArrayList<>();
    for (List<Event.Text> frames : received) {
      RunOrder.check(frames, stamped);
      List<String> texts = frames.stream().map(f -> f.json().path("data").toString()).toList();
      int last = -1;
      for (String text : texts) {
        int at = texts.indexOf(text) == texts.lastIndexOf(text) ? before.indexOf(text) : -1;
        if (at >= 0 && at < last) {
          throw new Mismatch("a repeat in the order of before", texts + " after " + before);
        }
        last = Math.max(last, at);
      }
      before.addAll(texts);
    }
  }
}
