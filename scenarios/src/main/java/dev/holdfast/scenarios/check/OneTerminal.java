package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Each run has one terminal frame, and nothing of the run comes behind it on its connection. */
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
  public Judged judge(History history) {
    Map<Place, String> ended = new HashMap<>();
    KnownRuns known = new KnownRuns();
    int runs = 0;
    for (Event e : history.events()) {
      if (e.source() != Source.CLIENT || !(e.fact() instanceof Fact.Heard heard)) {
        continue;
      }
      Frame frame = heard.frame();
      known.add(e.connection(), frame);
      String run = Frames.runOf(frame);
      if (run == null
          || (Frames.isEnd(heard) && frame != null && known.take(e.connection(), frame))) {
        continue;
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
    return runs == 0
        ? Judged.unknown("no run that names itself ended")
        : Judged.holds(runs + " runs, each with one end");
  }
}
