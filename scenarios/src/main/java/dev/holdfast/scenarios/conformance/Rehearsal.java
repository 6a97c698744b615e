package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How the target answers, found out once a run: how long its answers take, of how many frames they
 * are, and whether it answers anything else meanwhile.
 */
public final class Rehearsal {
  /** How many times the patience of the pace one answer may take: a minute at the standard pace. */
  private static final int LONGEST_PATIENCES = 12;

  private static final String MARKER = "rehearsal-4711";

  private final Map<String, Once<?>> known = new ConcurrentHashMap<>();

  /**
   * The run that a stimulus leads to.
   *
   * @param atMs when each of its frames came, after the message was sent
   * @param bytes how long its frames are together
   * @param stamped whether the timestamps of its frames could be read and never fell
   * @param others frames in words of the target's own that came between message and end
   */
  public record Shape(List<Long> atMs, long bytes, boolean stamped, int others) {
    /** Frames that are closer together leave no time to do anything between them. */
    private static final long TOO_CLOSE_MS = 100;

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

    /** Whether there is time for something to happen between this frame and the end. */
    public boolean hasTimeAfter(int frame) {
      return frame < frames() && restAfter(frame) >= TOO_CLOSE_MS;
    }

    /** Whether all frames come together at the end; one frame alone does. */
    public boolean inOneBurst() {
      return !hasTimeAfter(1);
    }
  }

  /** Plays the stimulus in a session of its own, unless that was done. */
  Shape of(Bench bench, Stimulus kind) throws Finds, InterruptedException {
    return once(kind.word(), () -> play(bench, kind));
  }

  /** Whether a second answer to the stimulus has as many frames as the first one. */
  public boolean isSteady(Bench bench, Stimulus kind) throws Finds, InterruptedException {
    int frames = of(bench, kind).frames();
    return once(kind.word() + " again", () -> play(bench, kind).frames() == frames);
  }

  /** Whether a ping gets its pong before the slow run that is in progress ends. */
  public boolean pongsInARun(Bench bench) throws Finds, InterruptedException {
    return once("pongs", () -> pongs(bench));
  }

  /** Whether a plain answer contains what was said. */
  public boolean echoes(Bench bench) throws Finds, InterruptedException {
    return once("echo", () -> echo(bench));
  }

  /** Something to find out. */
  private interface Question<T> {
    T answer() throws Finds, InterruptedException;
  }

  /** The answer to a question that is asked once; asked in vain twice, it is not asked again. */
  private static final class Once<T> {
    private final ReentrantLock asking = new ReentrantLock();
    private @Nullable T answer;
    private int failures;
    private String why = "";

    T get(Question<T> question) throws Finds, InterruptedException {
      asking.lockInterruptibly();
      try {
        if (answer == null && failures > 1) {
          throw new Unclear(why);
        }
        if (answer == null) {
          answer = asked(question);
        }
        return answer;
      } finally {
        asking.unlock();
      }
    }

    private T asked(Question<T> question) throws Finds, InterruptedException {
      try {
        return question.answer();
      } catch (Mismatch | Unclear e) {
        failures++;
        why = "the target could not be rehearsed: " + e.getMessage();
        throw e instanceof Unclear ? e : new Unclear(why);
      }
    }
  }

  @SuppressWarnings("unchecked") // a name stands for one question
  private <T> T once(String name, Question<T> question) throws Finds, InterruptedException {
    return ((Once<T>) known.computeIfAbsent(name, n -> new Once<T>())).get(question);
  }

  private static Shape play(Bench bench, Stimulus kind) throws Finds, InterruptedException {
    Talk talk = bench.connect();
    int before = talk.heard().size();
    talk.says(bench.stimulus(kind));
    long saidMs = bench.log().nowMs();
    List<Event.Text> frames = run(bench, talk, kind);
    Event.Text end = frames.get(frames.size() - 1);
    if (!end.isAnswer() && kind != Stimulus.FAIL) {
      throw new Unclear("what was said for a " + kind.word() + " answer got " + end.text());
    }
    return new Shape(
        frames.stream().map(f -> Math.max(0, f.atMs() - saidMs)).toList(),
        frames.stream().mapToLong(f -> f.text().getBytes(StandardCharsets.UTF_8).length).sum(),
        stamped(frames),
        others(talk.heard().subList(before, talk.heard().size()), saidMs));
  }

  /** Frames that belong to no run by the protocol's words, but for pings and pongs. */
  private static int others(List<Event.Text> heard, long saidMs) {
    return (int)
        heard.stream()
            .filter(f -> f.atMs() >= saidMs && !f.isOfRun() && !f.isEnd())
            .filter(f -> !f.type().equals("ping") && !f.type().equals("pong"))
            .count();
  }

  /** The frames of the run in progress, up to its end. */
  private static List<Event.Text> run(Bench bench, Talk talk, Stimulus kind)
      throws Finds, InterruptedException {
    long untilMs = bench.log().nowMs() + LONGEST_PATIENCES * bench.pace().patienceMs();
    List<Event.Text> frames = new ArrayList<>();
    while (true) {
      long leftMs = untilMs - bench.log().nowMs();
      Event event = leftMs < 0 ? null : talk.next(leftMs);
      if (event == null || event instanceof Event.Closed) {
        throw new Unclear(
            "what was said for a " + kind.word() + " answer got none: " + Talk.describe(event));
      }
      if (event instanceof Event.Text frame && (frame.isOfRun() || frame.isEnd())) {
        frames.add(frame);
        if (frame.isEnd()) {
          return frames;
        }
      }
    }
  }

  private static boolean stamped(List<Event.Text> frames) {
    long last = 0;
    for (Event.Text frame : frames) {
      long at = DateParse.millis(frame.json().path("timestamp"));
      if (at == 0 || at < last) {
        return false;
      }
      last = at;
    }
    return true;
  }

  private static boolean pongs(Bench bench) throws Finds, InterruptedException {
    Talk talk = bench.connect();
    talk.says(bench.slow());
    talk.pings("rehearsed");
    run(bench, talk, Stimulus.SLOW);
    return talk.heard().stream().anyMatch(e -> e.type().equals("pong"));
  }

  private static boolean echo(Bench bench) throws Finds, InterruptedException {
    Talk talk = bench.connect();
    talk.says(bench.plain() + " " + MARKER);
    List<Event.Text> frames = run(bench, talk, Stimulus.PLAIN);
    return frames.get(frames.size() - 1).data("content").asText().contains(MARKER);
  }
}
