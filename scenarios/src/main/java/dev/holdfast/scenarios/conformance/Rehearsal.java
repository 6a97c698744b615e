package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long the target's answers take and of how many frames they are: each kind tried once. */
public final class Rehearsal {
  private static final long LONGEST_MS = 20_000;

  private final Map<Stimulus, Shape> known = new EnumMap<>(Stimulus.class);

  /**
   * The run that a stimulus leads to.
   *
   * @param atMs when each of its frames came, after the message was sent
   */
  public record Shape(List<Long> atMs) {
    public Shape {
      atMs = List.copyOf(atMs);
    }

    public int frames() {
      return atMs.size();
    }

    public long tookMs() {
      return atMs.get(atMs.size() - 1);
    }

    /** Time enough for another run of this kind to end, on a machine that has got busier. */
    public long surelyOverMs() {
      return tookMs() * 3 / 2 + 400;
    }

    /** How long before its end the frame of this number comes; 0 stands for the message. */
    public long restAfter(int frame) {
      return tookMs() - (frame == 0 ? 0 : atMs.get(frame - 1));
    }
  }

  /** Plays the stimulus in a session of its own, unless that was done. */
  synchronized Shape of(Bench bench, Stimulus kind) throws Finds, InterruptedException {
    Shape shape = known.get(kind);
    if (shape == null) {
      shape = play(bench, kind);
      known.put(kind, shape);
    }
    return shape;
  }

  private static Shape play(Bench bench, Stimulus kind) throws Finds, InterruptedException {
    Talk talk = bench.connect();
    List<Long> times = new ArrayList<>();
    talk.says(bench.stimulus(kind));
    long saidMs = bench.log().nowMs();
    while (true) {
      Event event = talk.next(LONGEST_MS);
      if (!(event instanceof Event.Text frame)) {
        throw new Unclear(
            "what was said for a " + kind.word() + " answer got none: " + Talk.describe(event));
      }
      if (frame.isOfRun() || frame.isEnd()) {
        times.add(Math.max(0, frame.atMs() - saidMs));
      }
      if (frame.isEnd()) {
        talk.peer().close();
        return new Shape(times);
      }
    }
  }
}
