package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Capability push: what the server begins is answered for, runs once and is shown once a tab. */
final class PushOnce implements Checker {

  private static final class Pushes {
    /** Ids of pushes that nobody has answered yet, by their requests. */
    private final Map<String, String> open = new LinkedHashMap<>();

    private final Map<String, String> asked = new HashMap<>();
    private final Map<String, String> runOf = new HashMap<>();
    private final Set<String> runs = new HashSet<>();
    private final Set<String> shown = new HashSet<>();
  }

  @Override
  public String name() {
    return "push_once";
  }

  @Override
  public String requirement() {
    return "A push is answered, begins one run, says whose run it is, and is shown once in a tab.";
  }

  @Override
  public String premise() {
    return "A push was answered.";
  }

  @Override
  public Judged judge(History history) {
    Pushes pushes = new Pushes();
    for (Event e : history.events()) {
      String wrong = e.source() == Source.SERVER ? served(pushes, e.fact()) : shown(pushes, e);
      if (wrong != null) {
        return e.source() == Source.SERVER
            ? Judged.brokenBy(Source.SERVER, e.process() + ": " + wrong)
            : Judged.broken(e.process() + ": " + wrong);
      }
    }
    if (!pushes.open.isEmpty()) {
      return Judged.brokenBy(Source.SERVER, "no answer came to " + pushes.open.values());
    }
    return pushes.runs.isEmpty()
        ? Judged.unknown("nothing was pushed")
        : Judged.holds(pushes.runs.size() + " pushed, " + pushes.shown.size() + " shown");
  }

  private static @Nullable String served(Pushes pushes, Fact fact) {
    switch (fact) {
      case Fact.PushAsked asked -> {
        pushes.open.put(asked.request(), asked.id());
        pushes.asked.put(asked.request(), asked.id());
      }
      case Fact.PushAnswered answered -> {
        pushes.open.remove(answered.request());
        return answered(pushes, answered);
      }
      case Fact.Forgot f -> pushes.runOf.clear();
      case Fact.Died d -> pushes.open.clear();
      default -> {}
    }
    return null;
  }

  private static @Nullable String answered(Pushes pushes, Fact.PushAnswered answered) {
    String id = pushes.asked.get(answered.request());
    if (answered.run() == null || id == null) {
      return null;
    }
    pushes.runs.add(answered.run());
    String before = pushes.runOf.put(id, answered.run());
    return before == null || before.equals(answered.run())
        ? null
        : id + " began two runs, " + before + " and " + answered.run();
  }

  private static @Nullable String shown(Pushes pushes, Event e) {
    if (!(e.fact() instanceof Fact.Delivered d)) {
      return null;
    }
    Frame frame = d.frame();
    String run = Frames.runOf(frame);
    if (run == null || !pushes.runs.contains(run)) {
      return null;
    }
    if (!frame.envelope().pushed()) {
      return "a frame of the pushed run " + run + " does not say so";
    }
    return Frames.isEnd(frame) && !pushes.shown.add(e.process() + " " + run)
        ? "the end of the pushed run " + run + " was shown twice"
        : null;
  }
}
