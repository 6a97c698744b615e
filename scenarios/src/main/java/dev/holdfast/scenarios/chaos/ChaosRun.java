package dev.holdfast.scenarios.chaos;

import dev.holdfast.client.persona.PersonScript;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.proxy.engine.FaultEngine;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import dev.holdfast.scenarios.model.Settings;
import dev.holdfast.scenarios.model.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays scenarios on real sockets, overlapped, each behind a link of its own. */
public final class ChaosRun {
  private static final List<String> TOGETHER =
      List.of(Capability.SYNC, Capability.PRESENCE, Capability.PUSH);

  private final Target target;
  private final FaultEngine engine;
  private final Progress progress;
  private final String rerun;
  private final long seed;
  private OwnServer.@Nullable Starter starterOfOwn;

  /**
   * A run against one target.
   *
   * @param rerun the command that plays one scenario again, up to its name
   */
  public ChaosRun(Target target, FaultEngine engine, Progress progress, String rerun, long seed) {
    this.target = target;
    this.engine = engine;
    this.progress = progress;
    this.rerun = rerun;
    this.seed = seed;
  }

  /** Plays all; each is handed over as it ends, and all are returned in order. */
  public List<Played> play(List<Scenario> scenarios, Consumer<Played> each)
      throws InterruptedException {
    progress.stageStarted(Stage.CHAOS, scenarios.size());
    List<Played> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Played>> playing = new ArrayList<>();
      for (Scenario scenario : scenarios) {
        playing.add(threads.submit(() -> told(scenario, each)));
      }
      try {
        for (Future<Played> one : playing) {
          all.add(one.get());
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a scenario escaped its harness", e.getCause());
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
    }
    progress.stageEnded(Stage.CHAOS);
    return all;
  }

  private Played told(Scenario scenario, Consumer<Played> each) throws InterruptedException {
    progress.running(Stage.CHAOS, scenario.name());
    Played played = play(scenario);
    each.accept(played);
    progress.finished(played.finding());
    return played;
  }

  /** Scenarios that end the server's process get one of their own, started by this. */
  public ChaosRun startingOwn(OwnServer.Starter starter) {
    starterOfOwn = starter;
    return this;
  }

  private Played play(Scenario scenario) throws InterruptedException {
    if (!scenario.appliesTo(target.profile())) {
      return new Played(about(scenario).notApplicable("it is about another profile"), List.of());
    }
    if (scenario.needsOwnServer() && starterOfOwn == null) {
      return new Played(
          about(scenario).notApplicable("needs a command that starts the server (target.start)"),
          List.of());
    }
    if (scenario.isTogether() && !target.capabilities().containsAll(TOGETHER)) {
      return new Played(
          about(scenario).notApplicable("needs capabilities: " + TOGETHER), List.of());
    }
    for (FaultPlan plan : scenario.faults()) {
      if (!plan.fault().equals(Scenario.SIGKILL) && !engine.supports(plan.fault())) {
        return new Played(
            about(scenario).notApplicable(engine.name() + " has no fault " + plan.fault()),
            List.of());
      }
    }
    try {
      return onServer(Settings.forTarget(scenario, target));
    } catch (IOException e) {
      return new Played(about(scenario).harnessError(describe(e)), List.of());
    } catch (Settings.Unmet e) {
      return new Played(about(scenario).notApplicable(e.need()), List.of());
    } catch (RuntimeException e) {
      return new Played(about(scenario).harnessError(describe(e)), List.of());
    }
  }

  private static String describe(Throwable e) {
    return e.getCause() == null ? e.toString() : e + ", caused by " + e.getCause();
  }

  private Played onServer(Scenario scenario) throws IOException, InterruptedException {
    OwnServer.Starter starter = starterOfOwn;
    if (starter == null || !scenario.needsOwnServer()) {
      return onLink(scenario, target.url(), null);
    }
    try (OwnServer own = starter.start()) {
      return onLink(scenario, own.url(), own);
    }
  }

  private Played onLink(Scenario scenario, URI at, @Nullable OwnServer own)
      throws InterruptedException {
    long began = System.nanoTime();
    SplittableRandom chance = new SplittableRandom(seed ^ scenario.name().hashCode());
    ClientConfig config = Settings.client(scenario.options(), target.profile());
    String unique = scenario.name() + "-" + Long.toString(chance.nextLong() >>> 16, 36);
    try (Play play = new Play(scenario, engine.open(unique, upstream(at)), own)) {
      URI url = through(play, at);
      play.pushingTo(target.http());
      String first = scenario.people().keySet().iterator().next();
      for (PersonScript person : scenario.people().values()) {
        String session = "hf-" + unique + "-" + (scenario.isTogether() ? first : person.name());
        play.person(person, url, session, config, chance.nextLong());
      }
      String missed = play.run(Settings.longestMs(scenario));
      long tookMs = (System.nanoTime() - began) / 1_000_000;
      History history =
          new History(play.history(), target.profile(), config.backoff(), scenario.durability());
      Finding finding =
          Verdicts.judge(
              Stage.CHAOS,
              scenario,
              history,
              missed,
              tookMs,
              rerun + " --scenario " + scenario.name());
      return new Played(finding, history.records());
    }
  }

  private FindingBuilder about(Scenario scenario) {
    return Finding.about(Stage.CHAOS, scenario.name(), scenario.title())
        .clause(scenario.clause())
        .profile(target.profile().word());
  }

  private static InetSocketAddress upstream(URI url) {
    int port = url.getPort() >= 0 ? url.getPort() : "wss".equals(url.getScheme()) ? 443 : 80;
    return new InetSocketAddress(url.getHost(), port);
  }

  private static URI through(Play play, URI url) {
    InetSocketAddress listen = play.listen();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return URI.create(
        url.getScheme()
            + "://"
            + listen.getAddress().getHostAddress()
            + ":"
            + listen.getPort()
            + url.getRawPath()
            + query);
  }
}
