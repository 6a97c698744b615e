package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * So many frames retained, and no more: put together from answers whose lengths are known, all made
 * while nobody is connected.
 */
public final class Retained {
  private static final int MOST_RUNS = 100;

  /** How often one leaves anew when another number of frames than foreseen had come. */
  private static final int MOST_ATTEMPTS = 8;

  private Retained() {}

  /** What to say so that the answers have this many frames in all. */
  public static List<Stimulus> mix(Bench b, int frames) throws Finds, InterruptedException {
    int plain = b.rehearsed(Stimulus.PLAIN).frames();
    int tools = b.rehearsed(Stimulus.TWO_TOOLS).frames();
    int many = b.rehearsed(Stimulus.LONG).frames();
    for (int longs = frames / many; longs >= 0; longs--) {
      int rest = frames - longs * many;
      for (int twos = 0; twos * tools <= rest; twos++) {
        int left = rest - twos * tools;
        if (left % plain == 0 && longs + twos + left / plain <= MOST_RUNS) {
          return said(longs, twos, left / plain);
        }
      }
    }
    throw new Inapplicable(
        String.format(
            Locale.ROOT,
            "no %d answers of %d, %d and %d frames are %d frames together",
            MOST_RUNS,
            plain,
            tools,
            many,
            frames));
  }

  private static List<Stimulus> said(int longs, int twos, int plains) {
    List<Stimulus> mix = new ArrayList<>();
    for (int i = 0; i < longs; i++) {
      mix.add(Stimulus.LONG);
    }
    for (int i = 0; i < twos; i++) {
      mix.add(Stimulus.TWO_TOOLS);
    }
    for (int i = 0; i < plains; i++) {
      mix.add(Stimulus.PLAIN);
    }
    return mix;
  }

  /** So many are kept and come. */
  static void keeps(Bench b, int frames) throws Finds, InterruptedException {
    Away away = away(b, frames);
    int ends = 0;
    int came = 0;
    while (ends < away.runs()) {
      Event.Text frame =
          away.back()
              .expect(
                  "run " + (ends + 1) + " of " + away.runs(),
                  e -> e.isOfRun() || e.isEnd(),
                  15_000);
      if (frame.isError("replay_overflow")) {
        throw new Mismatch(frames + " frames to be kept", Talk.describe(frame));
      }
      ends += frame.isEnd() ? 1 : 0;
      came++;
    }
    if (came != frames) {
      throw new Mismatch(frames + " frames, each once", came + " frames");
    }
  }

  /** More than is kept: told before what is left, and what is left is the newest without a hole. */
  static void overflows(Bench b, int frames) throws Finds, InterruptedException {
    Away away = away(b, frames);
    Event.Text first = away.back().expect("what was retained", e -> e.isOfRun() || e.isEnd());
    if (!first.isError("replay_overflow")) {
      boolean all = allCame(away, frames, first);
      throw all
          ? new Inapplicable("the server keeps more than " + frames + " frames")
          : new Mismatch("error replay_overflow before what is left", Talk.describe(first));
    }
    away.back().expect("the newest of what was retained", Event.Text::isAnswer, 15_000);
  }

  private static boolean allCame(Away away, int frames, Event.Text first)
      throws InterruptedException {
    int came = first.isOfRun() ? 1 : 0;
    Event next = away.back().next(1_000);
    while (next != null && !(next instanceof Event.Closed) && came < frames) {
      came += next instanceof Event.Text t && (t.isOfRun() || t.isEnd()) ? 1 : 0;
      next = away.back().next(1_000);
    }
    return came >= frames;
  }

  /**
   * Somebody who came back.
   *
   * @param runs how many runs ended while nobody was there, or were in progress
   */
  private record Away(Talk back, int runs) {}

  /** Everything is said behind a slow run, of which some frames were seen before leaving. */
  private static Away away(Bench b, int frames) throws Finds, InterruptedException {
    Rehearsal.Shape slow = b.rehearsed(Stimulus.SLOW);
    int expectSeen = 1;
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      String session = b.session();
      List<Stimulus> mix = mix(b, frames - (slow.frames() - expectSeen));
      Talk talk = b.connect(session);
      talk.says(b.slow());
      for (Stimulus kind : mix) {
        talk.says(b.stimulus(kind));
      }
      talk.stillHears();
      talk.ends(Ending.CLOSE);
      talk.closed();
      long seen = talk.heard().stream().filter(Event.Text::isOfRun).count();
      if (seen == expectSeen) {
        awaitTheEnds(b, mix);
        return new Away(b.connect(session), mix.size() + 1);
      }
      expectSeen = Math.clamp(seen, 0, slow.frames() - 1);
    }
    throw new Unclear("how many frames come before one can leave differs from time to time");
  }

  private static void awaitTheEnds(Bench b, List<Stimulus> mix) throws Finds, InterruptedException {
    long total = b.rehearsed(Stimulus.SLOW).surelyOverMs();
    for (Stimulus kind : mix) {
      total += b.rehearsed(kind).tookMs() * 3 / 2;
    }
    b.pause(total);
  }
}
