package dev.holdfast.scenarios.chaos;

import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.persona.PersonScript;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.proxy.engine.FaultEngine;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.audit.AuditEntry;
import dev.holdfast.scenarios.audit.AuditMapping;
import dev.holdfast.scenarios.audit.ServerLog;
import dev.holdfast.scenarios.blame.Accounts;
import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.machine.MachineWatch;
import dev.holdfast.scenarios.machine.Starvation;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import dev.holdfast.scenarios.model.Settings;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.model.Target.Endpoint;
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
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
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

  /** Keeps the sessions of two runs with the same seed apart: a target may remember the first. */
  private final String moment = Long.toString(System.nanoTime() >>> 10, Character.MAX_RADIX);

  /** Scenarios that share the server wait more than they work. */
  private static final int OVERLAPPED = 12;

  /** Those with a process of their own make the machine start one. */
  private static final int PROCESSES = 3;

  private final Semaphore overlapped = new Semaphore(OVERLAPPED);
  private final Semaphore processes = new Semaphore(PROCESSES);
  private OwnServer.@Nullable Starter starterOfOwn;
  private boolean watchesMachine = true;
  private volatile @Nullable MachineWatch machine;
  private boolean stranger;
  private Function<ClientConfig, ClientStep> client = ClientMachine::new;
  private AuditMapping mapping = AuditMapping.STANDARD;
  private int repeat = 1;
  private final Aim aim;

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
    aim = new Aim(new Answers(target, moment)::to);
  }

  /** Plays all; each is handed over as it ends, and all are returned in order. */
  public List<Played> play(List<Scenario> scenarios, Consumer<Played> each)
      throws InterruptedException {
    progress.stageStarted(Stage.CHAOS, scenarios.size());
    List<Played> all = new ArrayList<>();
    try (MachineWatch watch = MachineWatch.start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      machine = watch;
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
    Semaphore room = scenario.needsOwnServer() ? processes : overlapped;
    room.acquire();
    try {
      return toldAlone(scenario, each);
    } finally {
      room.release();
    }
  }

  private Played toldAlone(Scenario scenario, Consumer<Played> each) throws InterruptedException {
    progress.running(Stage.CHAOS, scenario.name());
    List<Played> repeats = new ArrayList<>();
    for (int i = 0; i < repeat; i++) {
      repeats.add(playedWell(scenario, i));
    }
    Played played = Played.worst(repeats);
    each.accept(played);
    progress.finished(played.finding());
    return played;
  }

  /** Chance may keep a fault from striking once: what proved nothing is played once more. */
  private Played playedWell(Scenario scenario, int round) throws InterruptedException {
    Played played = play(scenario, round);
    boolean open = played.finding().verdict() == Verdict.INCONCLUSIVE;
    return open && !played.history().isEmpty() ? play(scenario, repeat + round) : played;
  }

  /** Scenarios that end the server's process get one of their own, started by this. */
  public ChaosRun startingOwn(OwnServer.Starter starter) {
    starterOfOwn = starter;
    return this;
  }

  /** Plays each scenario so often; its figures then come with intervals. */
  public ChaosRun repeating(int times) {
    repeat = times;
    return this;
  }

  /** The same for a stranger's server, whose settings are not ours to choose. */
  public ChaosRun startingTheirs(OwnServer.Starter starter) {
    stranger = true;
    return startingOwn(starter);
  }

  /** The same where no starved machine excuses the target: for targets whose faults never end. */
  public ChaosRun trustingTheMachine() {
    watchesMachine = false;
    return this;
  }

  /** Reads the target's audit log by this mapping, where a failure asks whose doing it is. */
  public ChaosRun reading(AuditMapping words) {
    mapping = words;
    return this;
  }

  /** Other people's cores: broken twins. */
  public ChaosRun with(Function<ClientConfig, ClientStep> other) {
    client = other;
    return this;
  }

  private ServerLog log(@Nullable OwnServer own) {
    return own == null || stranger
        ? ServerLog.at(target.audit(), mapping)
        : ServerLog.at(own.audit(), AuditMapping.STANDARD);
  }

  private Played play(Scenario scenario, int round) throws InterruptedException {
    if (!scenario.appliesTo(target.profile())) {
      return Played.without(about(scenario).notApplicable("it is about another profile"));
    }
    if (scenario.needsOwnServer() && starterOfOwn == null) {
      return Played.without(
          about(scenario)
              .notApplicable("needs a command that starts the server at {port} (target.start)"));
    }
    if (stranger && !scenario.server().isEmpty()) {
      return Played.without(
          about(scenario)
              .notApplicable(
                  "needs a server that is set to " + scenario.server() + ", as ours is"));
    }
    if (scenario.isTogether() && !target.capabilities().containsAll(TOGETHER)) {
      return Played.without(about(scenario).notApplicable("needs capabilities: " + TOGETHER));
    }
    if (stranger
        && scenario.needsHttp()
        && !(target.has(Endpoint.ADMIN) && target.has(Endpoint.CHAT))) {
      return Played.without(
          about(scenario).notApplicable("declare target.endpoints: [/admin/rollout, /api/chat]"));
    }
    String lacking = lacking(scenario);
    if (lacking != null) {
      return Played.without(about(scenario).notApplicable(lacking));
    }
    try {
      Settings.forTarget(scenario, target);
      return onServer(Settings.forTarget(aim.at(scenario), target), round);
    } catch (IOException e) {
      return Played.without(about(scenario).harnessError(describe(e)));
    } catch (Answers.None e) {
      return Played.without(about(scenario).inconclusive(String.valueOf(e.getMessage())));
    } catch (Settings.Unmet e) {
      return Played.without(about(scenario).notApplicable(e.need()));
    } catch (RuntimeException e) {
      return Played.without(about(scenario).harnessError(describe(e)));
    }
  }

  /** What the engine cannot do that the scenario needs, or null. */
  private @Nullable String lacking(Scenario scenario) {
    if (scenario.server().containsKey(Scenario.OUTBOUND_BYTES) && !engine.holdsBack()) {
      return engine.name()
          + " has buffers that take what should wait at the server, which then has nothing to limit";
    }
    for (FaultPlan plan : scenario.faults()) {
      boolean date = plan.fault().equals(Scenario.CLOCK_JUMP);
      if (date && plan.person() == null) {
        return "Holdfast cannot set the date of a server that it did not start";
      }
      if (!date && !Scenario.OF_SERVER.contains(plan.fault()) && !OnSockets.can(plan, engine)) {
        return engine.name() + " has no fault " + plan.fault();
      }
    }
    return null;
  }

  private static String describe(Throwable e) {
    return e.getCause() == null ? e.toString() : e + ", caused by " + e.getCause();
  }

  private Played onServer(Scenario scenario, int round) throws IOException, InterruptedException {
    OwnServer.Starter starter = starterOfOwn;
    if (starter == null || !scenario.needsOwnServer()) {
      return onLinks(scenario, round, target.url(), null);
    }
    try (OwnServer own = starter.start(scenario)) {
      return onLinks(scenario, round, own.url(), own);
    }
  }

  private Played onLinks(Scenario scenario, int round, URI at, @Nullable OwnServer own)
      throws InterruptedException {
    long began = System.nanoTime();
    SplittableRandom chance = new SplittableRandom((seed ^ scenario.name().hashCode()) + round);
    ClientConfig config = Settings.client(scenario, target.profile());
    String unique = String.join("-", scenario.name(), moment, String.valueOf(round + 1));
    String first = scenario.people().keySet().iterator().next();
    Play.Opener links = name -> engine.open(name, upstream(at));
    try (Play play = new Play(scenario, links, unique, own)) {
      play.pushingTo(own == null ? target.http() : Target.httpBeside(at), target.access());
      for (PersonScript person : scenario.people().values()) {
        ClientOptions options =
            ClientOptions.of(person.name(), through(play.listen(person.name()), at))
                .withHttp(scenario.needsHttp() ? Target.httpBeside(at) : null)
                .withSession("hf-" + unique + "-" + (scenario.isTogether() ? first : person.name()))
                .with(target.access().behindProxy(at))
                .with(config, client.apply(config))
                .withSeed(chance.nextLong());
        play.person(person, options);
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
              starvationSince(began),
              tookMs,
              rerun + " --scenario " + scenario.name());
      List<AuditEntry> log = Accounts.entries(finding, history, log(own));
      return new Played(Accounts.with(finding, history, log), history.records(), log);
    }
  }

  private Starvation starvationSince(long nanos) {
    MachineWatch watch = machine;
    return watch == null || !watchesMachine
        ? Starvation.NONE
        : watch.between(nanos, System.nanoTime());
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

  private static URI through(InetSocketAddress listen, URI url) {
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
