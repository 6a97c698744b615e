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
 * So many frames, made while the client was away: put together from answers whose lengths are
 * known.
 *
 * @param back the connection after that, greeted
 * @param runs how many runs ended while the client was away
 * @param frames how many frames they had, without those that came before
 */
public record Retained(Talk back, int runs, int frames) {
  static final Need[] NEEDS = {Need.SLOW_ANSWER, Need.LONG_ANSWER, Need.TOOLS};

  private static final int MOST_RUNS = 100;
  private static final long MOST_BYTES = 1 << 20;

  /** Less than resume_ttl_ms, and than a case may take. */
  private static final long LONGEST_AWAY_MS = 45_000;

  /** How often one leaves anew when another number of frames than foreseen had come. */
  private static final int MOST_ATTEMPTS = 8;

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
            "at most %d answers of %d, %d or %d frames each do not add up to %d frames",
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

  /** Everything is said behind a slow run, of which some frames were seen before leaving. */
  static Retained made(Bench b, int frames) throws Finds, InterruptedException {
    excuse(b);
    Rehearsal.Shape slow = b.rehearsed(Stimulus.SLOW);
    int expectSeen = 1;
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      String session = b.session();
      List<Stimulus> mix = mix(b, frames - (slow.frames() - expectSeen));
      long awayMs = awayMs(b, mix);
      Talk talk = b.connect(session);
      talk.says(b.slow());
      for (Stimulus kind : mix) {
        talk.says(b.stimulus(kind));
      }
      talk.stillHears();
      talk.ends(Ending.CLOSE);
      talk.closed();
      refuseErrors(talk);
      long seen = talk.heard().stream().filter(Event.Text::isOfRun).count();
      if (seen == expectSeen) {
        b.pause(awayMs);
        return new Retained(b.connect(session), mix.size() + 1, frames);
      }
      expectSeen = Math.clamp(seen, 0, slow.frames() - 1);
    }
    throw new Unclear("how many frames come before one can leave differs from time to time");
  }

  /** Servers with which the number of frames cannot be known, or that take no message meanwhile. */
  private static void excuse(Bench b) throws Finds, InterruptedException {
    if (!b.rehearsal().pongsInARun(b)) {
      throw new Inapplicable(
          "this server reads nothing during a run: no message waits when its client leaves");
    }
    for (Stimulus kind : List.of(Stimulus.TWO_TOOLS, Stimulus.LONG, Stimulus.PLAIN)) {
      if (!b.rehearsal().isSteady(b, kind)) {
        throw new Inapplicable(
            "two answers to the stimulus " + kind.word() + " have different numbers of frames");
      }
      if (b.rehearsed(kind).others() > 0) {
        throw new Inapplicable(
            "its answers hold frames in words of its own, which it may keep too");
      }
    }
  }

  /** How long the client is away, for answers that may all be retained. */
  private static long awayMs(Bench b, List<Stimulus> mix) throws Finds, InterruptedException {
    long ms = b.rehearsed(Stimulus.SLOW).surelyOverMs();
    long bytes = b.rehearsed(Stimulus.SLOW).bytes();
    for (Stimulus kind : mix) {
      ms += b.rehearsed(kind).tookMs() * 3 / 2;
      bytes += b.rehearsed(kind).bytes();
    }
    if (bytes > MOST_BYTES) {
      throw new Inapplicable(
          String.format(Locale.ROOT, "the answers have %d bytes, more than is kept", bytes));
    }
    if (ms > LONGEST_AWAY_MS) {
      throw new Inapplicable(
          String.format(
              Locale.ROOT, "the answers take %d s, longer than they are kept", ms / 1_000));
    }
    return ms;
  }

  /** A server that takes only some messages at once made fewer frames. */
  private static void refuseErrors(Talk talk) throws Finds {
    for (Event.Text frame : talk.heard()) {
      if (frame.type().equals("error") && !frame.isError("replay_overflow")) {
        boolean limit = frame.isError("busy") || frame.isError("rate_limited");
        String told = "not all messages were taken: " + Talk.describe(frame);
        throw limit ? new Inapplicable(told) : new Unclear(told);
      }
    }
  }

  /** All of them come; that they were not made is no fault. */
  void allCome() throws Finds, InterruptedException {
    int ends = 0;
    int came = 0;
    while (ends < runs) {
      Event.Text frame =
          back.expect("run " + (ends + 1) + " of " + runs, e -> e.isOfRun() || e.isEnd(), 15_000);
      if (frame.isError("replay_overflow")) {
        throw new Mismatch(frames + " frames to be kept", Talk.describe(frame));
      }
      ends += frame.isEnd() ? 1 : 0;
      came++;
    }
    refuseErrors(back);
    if (came < frames) {
      throw Mismatch.absence(frames + " frames, each once", came + " frames");
    }
    if (came > frames) {
      throw new Unclear(
          String.format(Locale.ROOT, "%d frames came where %d were foreseen", came, frames));
    }
  }

  /**
   * What is left where not all were kept.
   *
   * @param came the frames, and what was told with them
   */
  record Left(List<Event.Text> came) {
    void isTold() throws Mismatch {
      if (came.stream().noneMatch(e -> e.isError("replay_overflow"))) {
        throw new Mismatch(
            "error replay_overflow beside what is left", came.size() + " frames without a word");
      }
      if (came.stream().noneMatch(Event.Text::isAnswer)) {
        throw Mismatch.absence("something of what was retained", "the error alone");
      }
    }
  }

  /** What came, where that is less than all. */
  Left givenUp() throws Finds, InterruptedException {
    List<Event.Text> came = new ArrayList<>();
    Event next = back.next(back.patienceMs());
    while (next instanceof Event.Text text) {
      if (text.isOfRun() || text.isEnd()) {
        came.add(text);
      }
      next = back.next(1_000);
    }
    refuseErrors(back);
    boolean told = came.stream().anyMatch(e -> e.isError("replay_overflow"));
    if (came.isEmpty()) {
      throw new Unclear("nothing came of what was made while the client was away");
    }
    if (came.size() >= frames && !told) {
      throw new Inapplicable("the server keeps more than " + frames + " frames");
    }
    return new Left(came);
  }
}
