package dev.holdfast.cli.simulate;

import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.Signals;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.protocol.Profile;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.scenarios.world.Cut;
import dev.holdfast.scenarios.world.Exhaustive;
import dev.holdfast.scenarios.world.Exhaustive.Count;
import dev.holdfast.scenarios.world.Swarm;
import dev.holdfast.scenarios.world.Swarm.Violation;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code simulate --exhaustive}: every cut is played, counted and judged. */
public final class CutsCounted {
  private static final int DEEPEST = 3;
  private static final int MOST_VIOLATIONS = 20;
  private static final long TELLS_EVERY = 1_000;

  private final Shell shell;
  private final Swarm swarm;
  private final boolean json;
  private final boolean quiet;
  private final AtomicReference<@Nullable ExitCode> signal = new AtomicReference<>();
  private long played;
  private long violations;

  public CutsCounted(Shell shell, Swarm swarm, boolean json, boolean quiet) {
    this.shell = shell;
    this.swarm = swarm;
    this.json = json;
    this.quiet = quiet;
  }

  /** Returns the exit code. */
  public int play(int depth) {
    if (depth < 1 || depth > DEEPEST) {
      throw new UsageError("--exhaustive must be 1 to " + DEEPEST + ", not " + depth);
    }
    Exhaustive exhaustive = new Exhaustive(swarm, this::take, this::goesOn);
    Signals.Watch watch = shell.signals().watch(signal::set);
    try {
      for (Profile profile : Profile.values()) {
        tell(exhaustive.play(profile, depth));
      }
    } finally {
      watch.close();
    }
    Ending ending = Ending.of(violations, signal.get(), played + " ways to cut it");
    (json ? shell.err() : shell.out()).println("holdfast: " + ending.line());
    return ending.exit().code();
  }

  private boolean goesOn() {
    return signal.get() == null && violations < MOST_VIOLATIONS;
  }

  private void take(Profile profile, List<Cut> cuts, @Nullable Violation violation) {
    played++;
    if (violation != null) {
      violations++;
      say(profile, cuts, violation);
    }
    if (!quiet && !json && shell.terminal().err() && played % TELLS_EVERY == 0) {
      shell.err().print("\r" + played + " ways to cut it  ");
    }
  }

  private void say(Profile profile, List<Cut> cuts, Violation v) {
    if (json) {
      var object = JsonFormat.MAPPER.createObjectNode().put("event", "violation");
      object.put("profile", profile.word()).put("cuts", cuts.toString());
      shell.out().println(object.put("checker", v.checker()).put("evidence", v.evidence()));
    } else {
      shell.out().println(profile.word() + " " + cuts + ": " + v.checker() + ": " + v.evidence());
    }
  }

  private void tell(Count count) {
    if (json) {
      var object = JsonFormat.MAPPER.createObjectNode().put("event", "enumerated");
      object.put("profile", count.profile().word()).put("depth", count.depth());
      object.put("frames", count.frames()).put("schedules", count.schedules());
      shell.out().println(object.put("violations", count.violations()));
    } else if (!quiet) {
      shell
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "%s: %d frames uncut; %,d ways to cut it up to %d times, %d violations",
                  count.profile().word(),
                  count.frames(),
                  count.schedules(),
                  count.depth(),
                  count.violations()));
    }
  }
}
