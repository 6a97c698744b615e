package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Each run has one terminal frame, and nothing of the run comes behind it on its connection. A run
 * that does not name itself, as profile core allows, is known by the message that it answers.
 */
final class OneTerminal implements Checker {

  /** Where a run was heard of. */
  private record Place(String process, @Nullable String connection, String run) {}

  @Override
  public String name() {
    return "one_terminal";
  }

  @Override
  public String requirement() {
    return "Every run ends with exactly one terminal frame, and nothing of it follows.";
  }

  @Override
  public String premise() {
    return "A run ended that names itself or its message.";
  }

  @Override
  public Judged judge(History history) {
    Map<Place, String> ended = new HashMap<>();
    KnownRuns known = new KnownRuns();
    int runs = 0;
    int nameless = 0;
    Set<String> twice = new HashSet<>();
    Set<String> written = new HashSet<>();
    for (Event e : history.events()) {
      if (e.fact() instanceof Fact.Wrote w && w.id() != null && !written.add(w.id())) {
        twice.add(w.id());
      }
      if (e.source() != Source.CLIENT || !(e.fact() instanceof Fact.Heard heard)) {
        continue;
      }
      Frame frame = heard.frame();
      known.add(e.connection(), frame);
      String run = Frames.subjectOf(frame);
      nameless += run == null && Frames.isEnd(heard) ? 1 : 0;
      if (run == null
          || (Frames.isEnd(heard) && frame != null && known.take(e.connection(), frame))) {
        continue;
      }
      if (Frames.runOf(frame) == null && twice.contains(run)) {
        continue; // Known by its message only, which was sent again: it may be answered again.
      }
      String before = ended.get(new Place(e.process(), e.connection(), run));
      if (before != null) {
        return Judged.brokenBy(
            Source.SERVER,
            e.process() + ": " + heard.type() + " of " + run + " behind its " + before);
      }
      if (Frames.isEnd(heard)) {
        ended.put(new Place(e.process(), e.connection(), run), heard.type());
        runs++;
      }
    }
    if (runs == 0 && nameless > 0 && history.profile() == Profile.CORE) {
      return Judged.excluded("the server names neither its runs nor the messages that they answer");
    }
    return runs == 0
        ? Judged.unknown("no run that names itself or its message ended")
        : Judged.holds(runs + " runs, each with one end");
  }
}
