package dev.holdfast.load;

import dev.holdfast.client.access.Access;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.LoadFault;
import dev.holdfast.report.result.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Runs a load in JVMs of its own and reads what they leave behind. */
public final class LoadRun {
  private static final long LOOK_MS = 250;

  /** For starting, reports and leaving, beyond the load itself and one last answer. */
  private static final long MARGIN_MS = 300_000;

  /** Until several JVMs on one machine have started and warmed up. */
  private static final long START_MS = 6_000;

  private static final long START_EACH_MS = 2_500;

  /** What somebody does to the server when a storm is due. */
  @FunctionalInterface
  public interface Storm {
    /** Nothing is done: the storm comes from the people's network, or there is none. */
    Storm NONE = () -> {};

    void breaks() throws IOException, InterruptedException;
  }

  private final List<LoadPlan> plans;
  private final Storm storm;
  private final Progress progress;
  private final Path folder;
  private final Access access;
  private boolean stormBroke;

  private LoadRun(
      List<LoadPlan> plans, Storm storm, Progress progress, Path folder, Access access) {
    this.access = access;
    this.plans = List.copyOf(plans);
    this.storm = storm;
    this.progress = progress;
    this.folder = folder;
  }

  /**
   * Runs a load, or the one share of it that the plan names, to its end.
   *
   * @param progress is told what is under way; stages begin and end elsewhere
   * @param folder for all files of this load; those of an earlier one are replaced
   * @throws InterruptedException when interrupted; the load's JVM has been ended
   */
  public static LoadOutcome run(LoadPlan plan, Progress progress, Path folder)
      throws IOException, InterruptedException {
    return run(List.of(plan), Storm.NONE, progress, folder);
  }

  /** The same for several shares of one load, each in a JVM of its own, at the same time. */
  public static LoadOutcome run(List<LoadPlan> shares, Storm storm, Progress progress, Path folder)
      throws IOException, InterruptedException {
    return run(shares, storm, progress, folder, Access.NONE);
  }

  /** The same against a server that needs more than its address. */
  public static LoadOutcome run(
      List<LoadPlan> shares, Storm storm, Progress progress, Path folder, Access access)
      throws IOException, InterruptedException {
    return new LoadRun(shares, storm, progress, folder.toAbsolutePath(), access).run();
  }

  /**
   * The shares of a load that several JVMs of this machine carry; their clocks start together.
   *
   * @param startAtMs when, in milliseconds since 1970; 0 for as soon as all are ready
   */
  public static List<LoadPlan> split(LoadPlan plan, int injectors, long startAtMs) {
    if (injectors == 1) {
      return List.of(plan.withShare(new Share(0, 1, startAtMs)));
    }
    long ready = System.currentTimeMillis() + START_MS + injectors * START_EACH_MS;
    long at = startAtMs == 0 ? ready : startAtMs;
    return IntStream.range(0, injectors)
        .mapToObj(i -> plan.withShare(new Share(i, injectors, at)))
        .toList();
  }

  private LoadRun.Running start(LoadPlan plan, LoadFiles files) throws IOException {
    files.clear();
    files.write(plan);
    ProcessBuilder injector = InjectorCommand.of(plan, files);
    injector.environment().putAll(Handed.environment(access));
    return new Running(injector.start(), files);
  }

  /** One injector's JVM and where it writes. */
  private record Running(Process process, LoadFiles files) {}

  private LoadOutcome run() throws IOException, InterruptedException {
    List<Running> injectors = new ArrayList<>();
    boolean inTime;
    try {
      for (LoadPlan plan : plans) {
        injectors.add(start(plan, new LoadFiles(folderOf(plan))));
      }
      inTime = attend(injectors);
    } finally {
      injectors.forEach(LoadRun::end);
    }
    return new Reading(folder).outcome(injectors.stream().map(Running::files).toList(), inTime);
  }

  /** Ends it and waits until it is gone: nobody writes to its files any more. */
  private static void end(Running injector) {
    injector.process().destroyForcibly();
    injector.process().onExit().completeOnTimeout(injector.process(), 2, TimeUnit.SECONDS).join();
  }

  private Path folderOf(LoadPlan plan) {
    return plans.size() == 1 ? folder : folder.resolve(LoadMerge.INJECTOR + plan.share().index());
  }

  /** Waits for the end of all; false if it does not come in time. */
  private boolean attend(List<Running> injectors) throws IOException, InterruptedException {
    long began = System.nanoTime();
    for (Running injector : injectors) {
      while (!injector.process().waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
        if (System.nanoTime() - began > longestMs() * 1_000_000) {
          return false;
        }
        look(injectors);
      }
    }
    return true;
  }

  private long longestMs() {
    LoadPlan plan = plans.getFirst();
    long waitMs = Math.max(0, plan.share().startAtMs() - System.currentTimeMillis());
    return waitMs + plan.durationMs() + plan.answerTimeoutMs() + MARGIN_MS;
  }

  private void look(List<Running> injectors) throws IOException, InterruptedException {
    Running first = injectors.getFirst();
    LoadPlan plan = plans.getFirst();
    if (!Files.exists(first.files().started())) {
      progress.running(
          Stage.LOAD, String.format(Locale.ROOT, "%,d people, warming up", plan.users()));
      return;
    }
    String started = Files.readString(first.files().started());
    long ms = started.isEmpty() ? 0 : System.currentTimeMillis() - Long.parseLong(started);
    progress.running(Stage.LOAD, underWay(plan, ms));
    if (plan.restarts() && !stormBroke && ms >= plan.stormAtMs()) {
      stormBroke = true;
      storm.breaks();
      long overMs = System.currentTimeMillis() - Long.parseLong(started);
      for (Running injector : injectors) {
        injector.files().write(new LoadFault("the server restarts", ms, overMs));
      }
    }
  }

  private static String underWay(LoadPlan plan, long ms) {
    long of = plan.durationMs() / 1_000;
    return ms <= plan.durationMs()
        ? String.format(
            Locale.ROOT, "%,d people, %d of %d s", plan.users(), Math.max(0, ms / 1_000), of)
        : String.format(Locale.ROOT, "%,d people, finishing", plan.users());
  }
}
