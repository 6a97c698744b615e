package dev.holdfast.scenarios.world;

import dev.holdfast.client.ClientListener;
import dev.holdfast.client.persona.BothListeners;
import dev.holdfast.client.persona.Notebook;
import dev.holdfast.client.persona.PersonScript;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.audit.AuditEntry;
import dev.holdfast.scenarios.blame.Accounts;
import dev.holdfast.scenarios.chaos.FaultJournal;
import dev.holdfast.scenarios.chaos.LinkJournal;
import dev.holdfast.scenarios.chaos.Played;
import dev.holdfast.scenarios.chaos.Verdicts;
import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.model.Options;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import dev.holdfast.scenarios.model.Settings;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.server.Limits;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plays a scenario in the simulated world: joined cores, virtual time, one seed. */
public final class WorldRun {
  /** After its scripts a story goes on for so long, so that what is under way can arrive. */
  private static final long AFTERMATH_MS = 2_000;

  /** No story is longer; virtual hours cost milliseconds, endless loops do not end. */
  private static final long LIMIT_MS = 24 * 3_600_000L;

  /** The target of the simulated world: a server whose agent understands {@code #agent}. */
  private static final URI NOWHERE = URI.create("ws://world/ws/chat");

  private final Profile profile;
  private final Function<ClientConfig, ClientStep> client;
  private final Function<ServerConfig, ServerStep> server;

  private WorldRun(
      Profile profile,
      Function<ClientConfig, ClientStep> client,
      Function<ServerConfig, ServerStep> server) {
    this.profile = profile;
    this.client = client;
    this.server = server;
  }

  /** The reference on both sides. */
  public static WorldRun reference(Profile profile) {
    return new WorldRun(profile, ClientMachine::new, SessionMachine::new);
  }

  /** Other cores: broken twins. */
  public WorldRun with(
      Function<ClientConfig, ClientStep> otherClient,
      Function<ServerConfig, ServerStep> otherServer) {
    return new WorldRun(profile, otherClient, otherServer);
  }

  public Played play(Scenario written, long seed, String rerun) {
    long began = System.nanoTime();
    Scenario scenario;
    try {
      scenario = Settings.forTarget(written, Target.scripted(NOWHERE, null, profile));
    } catch (Settings.Unmet e) {
      throw new IllegalStateException("the world declares every stimulus", e);
    }
    if (!scenario.appliesTo(profile)) {
      Finding none =
          Finding.about(Stage.SIMULATION, scenario.name(), scenario.title())
              .clause(scenario.clause())
              .notApplicable("it is about another profile");
      return Played.without(none);
    }
    for (FaultPlan plan : scenario.faults()) {
      if (!VirtualFaults.KNOWN.contains(plan.fault())) {
        Finding none =
            Finding.about(Stage.SIMULATION, scenario.name(), scenario.title())
                .clause(scenario.clause())
                .notApplicable("the simulated network has no fault " + plan.fault());
        return Played.without(none);
      }
    }
    return play(scenario, seed, began, rerun);
  }

  private Played play(Scenario scenario, long seed, long began, String rerun) {
    ClientConfig config = Settings.client(scenario, profile);
    Agenda agenda = new Agenda(seed);
    AuditWitness log = new AuditWitness();
    VirtualServer machine =
        new VirtualServer(
            agenda,
            Clock.accurate(agenda),
            server.apply(config(scenario)),
            new Repertoire(),
            log,
            store(scenario),
            null);
    VirtualNetwork network =
        new VirtualNetwork(agenda, List.of(machine))
            .allowing(
                scenario
                    .server()
                    .getOrDefault(Scenario.OUTBOUND_BYTES, Limits.STANDARD.outboundBytes()));
    LinkJournal passed = new LinkJournal("link");
    Clock between = Clock.accurate(agenda);
    network.watch((link, up, text) ->
        passed.passed(link.serverName(), up, text, agenda.now(), between.wall()));
    FaultJournal faultJournal = new FaultJournal();
    Map<String, Clock> machines = new LinkedHashMap<>();
    VirtualFaults faults = new VirtualFaults(agenda, network, machines, faultJournal, scenario);
    List<Journal> journals = new ArrayList<>();
    List<VirtualPerson> people = new ArrayList<>();
    Journal pushed = new Journal(Source.HARNESS, "pushes");
    VirtualPerson.Around around = around(network, people, agenda, pushed);
    String first = scenario.people().keySet().iterator().next();
    for (PersonScript script : scenario.people().values()) {
      Notebook notebook = new Notebook();
      ClientListener both = new BothListeners(notebook, faults.watching(script.name()));
      Clock clock = Clock.accurate(agenda);
      machines.put(script.name(), clock);
      String session = "s-" + (scenario.isTogether() ? first : script.name());
      VirtualPerson.Tabs tabs =
          name -> {
            Journal journal = new Journal(Source.CLIENT, name);
            journals.add(journal);
            return new VirtualClient(
                agenda,
                clock,
                network,
                client.apply(config),
                name,
                session,
                new RecordingWitness(journal),
                both,
                null);
          };
      people.add(new VirtualPerson(agenda, script, notebook, tabs, around));
    }
    faults.plan();
    people.forEach(VirtualPerson::start);
    run(agenda, people);
    faults.endAll();
    journals.add(pushed);
    return judged(scenario, config, journals, passed, faultJournal, log, people, began, rerun);
  }

  private static VirtualStore store(Scenario scenario) {
    boolean none = scenario.durability().equals(History.NO_DURABILITY);
    return new VirtualStore(none ? VirtualStore.Kind.LOSES : VirtualStore.Kind.KEEPS);
  }

  private static VirtualPerson.Around around(
      VirtualNetwork network, List<VirtualPerson> people, Agenda agenda, Journal pushed) {
    Clock clock = Clock.accurate(agenda);
    return new VirtualPerson.Around() {
      private int pushes;

      @Override
      public @Nullable VirtualClient other(String name) {
        return people.stream()
            .filter(person -> person.name().equals(name))
            .map(VirtualPerson::client)
            .findFirst()
            .orElse(null);
      }

      @Override
      public void pushes(String session, String content, int times) {
        String id = "push-" + ++pushes;
        HistoryRecord unused =
            pushed.add(
                agenda.now(),
                Timestamps.format(clock.wall()),
                session,
                null,
                HistoryRecord.Kind.INVOKE,
                "push",
                Map.of());
        for (int i = 0; i < times; i++) {
          network.pushes(session, id, content);
        }
      }
    };
  }

  private static ServerConfig config(Scenario scenario) {
    Options o = scenario.options();
    ServerConfig standard = ServerConfig.STANDARD;
    Map<String, Long> server = scenario.server();
    ServerConfig kept =
        standard.withRetention(
            server.getOrDefault("resume_ttl_ms", standard.resumeTtlMs()),
            server.getOrDefault("replay_max_frames", (long) standard.replayMaxFrames()).intValue(),
            standard.replayMaxBytes());
    return kept.withHeartbeat(
        o.get(Options.HEARTBEAT_INTERVAL_MS, standard.heartbeatIntervalMs()),
        o.get(Options.PONG_TIMEOUT_MS, standard.pongTimeoutMs()));
  }

  /** Until all scripts are over and a while more. */
  private static void run(Agenda agenda, List<VirtualPerson> people) {
    long end = LIMIT_MS * Tick.NANOS_PER_MS;
    while (!people.stream().allMatch(VirtualPerson::over) && agenda.step(end)) {
      // one event after the other
    }
    long aftermath = agenda.now() + AFTERMATH_MS * Tick.NANOS_PER_MS;
    while (agenda.step(aftermath)) {
      // what is under way
    }
  }

  private Played judged(
      Scenario scenario,
      ClientConfig config,
      List<Journal> journals,
      LinkJournal passed,
      FaultJournal faults,
      AuditWitness log,
      List<VirtualPerson> people,
      long began,
      String rerun) {
    List<HistoryRecord> records = new ArrayList<>();
    journals.forEach(journal -> records.addAll(journal.records()));
    records.addAll(passed.records());
    records.addAll(faults.records());
    History history = new History(records, profile, config.backoff(), scenario.durability());
    String missed =
        people.stream()
            .map(VirtualPerson::missed)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    long tookMs = (System.nanoTime() - began) / 1_000_000;
    Finding judged = Verdicts.judge(Stage.SIMULATION, scenario, history, missed, tookMs, rerun);
    List<AuditEntry> entries = Accounts.entries(judged, history, log::entries);
    return new Played(Accounts.with(judged, history, entries), records, entries);
  }
}
