package dev.holdfast.cli.simulate;

import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.Signals;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.scenarios.world.Story;
import dev.holdfast.scenarios.world.StoryTeller;
import dev.holdfast.scenarios.world.Swarm;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One run of {@code simulate}: story after story, until all are played or somebody interrupts. */
public final class Simulation {
  private static final int MOST_VIOLATIONS = 20;
  private static final long TELLS_EVERY_NANOS = 1_000_000_000;

  private final Shell shell;
  private final Swarm swarm;
  private final SmallStories small;
  private final boolean json;
  private final boolean quiet;
  private final List<Swarm.Violation> violations = new ArrayList<>();
  private final AtomicReference<@Nullable ExitCode> signal = new AtomicReference<>();
  private final long began = System.nanoTime();
  private long toldAt = began;

  public Simulation(Shell shell, Swarm swarm, SmallStories small, boolean json, boolean quiet) {
    this.shell = shell;
    this.swarm = swarm;
    this.small = small;
    this.json = json;
    this.quiet = quiet;
  }

  /** Plays the stories of so many seeds; returns the exit code. */
  public int play(long firstSeed, long seeds, @Nullable Writer trace) throws IOException {
    Signals.Watch watch = shell.signals().watch(signal::set);
    try {
      for (long i = 0; i < seeds && goesOn(); i++) {
        play(StoryTeller.of(firstSeed + i), trace);
        tellProgress(seeds);
      }
    } finally {
      watch.close();
    }
    return conclude(firstSeed, seeds);
  }

  private boolean goesOn() {
    return signal.get() == null && violations.size() < MOST_VIOLATIONS;
  }

  private void play(Story story, @Nullable Writer trace) throws IOException {
    Swarm.Violation violation = swarm.play(story);
    if (violation != null) {
      violations.add(violation);
      tell(violation);
      small.take(story, violation);
    }
    if (trace != null) {
      for (String line : swarm.trace(story)) {
        trace.write(line);
        trace.write('\n');
      }
    }
  }

  private void tell(Swarm.Violation v) {
    if (json) {
      var object = JsonFormat.MAPPER.createObjectNode();
      object.put("event", "violation").put("seed", v.seed()).put("checker", v.checker());
      shell.out().println(object.put("evidence", v.evidence()));
    } else {
      shell.out().println("seed " + v.seed() + ": " + v.checker() + ": " + v.evidence());
    }
  }

  private void tellProgress(long seeds) {
    long now = System.nanoTime();
    if (quiet || now - toldAt < TELLS_EVERY_NANOS) {
      return;
    }
    toldAt = now;
    if (json) {
      shell.out().println(figures("progress"));
    } else if (shell.terminal().err()) {
      shell.err().print("\r" + words() + " of " + seeds + "  ");
    }
  }

  private String words() {
    return String.format(
        Locale.ROOT,
        "%d stories, %.0f a second, %.1f simulated hours",
        swarm.stories(),
        swarm.stories() / seconds(),
        swarm.virtualHours());
  }

  private double seconds() {
    return Math.max(1, System.nanoTime() - began) / 1e9;
  }

  private String figures(String event) {
    var object = JsonFormat.MAPPER.createObjectNode();
    object.put("event", event).put("stories", swarm.stories()).put("frames", swarm.frames());
    object.put("stories_per_s", swarm.stories() / seconds());
    object.put("simulated_hours", swarm.virtualHours()).put("faults", swarm.faults());
    return object.put("violations", violations.size()).toString();
  }

  private static String said(Swarm.Say say) {
    var object = JsonFormat.MAPPER.createObjectNode();
    object.put("event", "judge").put("checker", say.checker());
    return object.put("told", say.told()).put("unknown", say.unknown()).toString();
  }

  private int conclude(long firstSeed, long seeds) {
    if (!json && shell.terminal().err() && !quiet) {
      shell.err().println();
    }
    PrintStream out = shell.out();
    if (json) {
      CoverageTable.printJson(swarm.coverage(), out);
      swarm.says().forEach(say -> out.println(said(say)));
      out.println(figures("summary"));
    } else if (!quiet) {
      CoverageTable.print(swarm.coverage(), out);
      out.println("judge, stories of which it knew, and of which it did not:");
      swarm
          .says()
          .forEach(say ->
              out.printf(
                  Locale.ROOT, "  %-19s %9d %9d%n", say.checker(), say.told(), say.unknown()));
      out.println(
          words()
              + ", "
              + swarm.frames()
              + " frames, "
              + swarm.faults()
              + " faults, from seed "
              + firstSeed);
    }
    String played = swarm.stories() + " of " + seeds + " stories";
    Ending ending = Ending.of(violations.size(), signal.get(), played);
    (json ? shell.err() : out).println("holdfast: " + ending.line());
    return ending.exit().code();
  }
}
