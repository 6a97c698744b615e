package dev.holdfast.scenarios.chaos;

import dev.holdfast.client.ClientListener;
import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.SimClient;
import dev.holdfast.client.persona.Around;
import dev.holdfast.client.persona.Person;
import dev.holdfast.client.persona.PersonResult;
import dev.holdfast.client.persona.PersonScript;
import dev.holdfast.client.persona.StepOutcome;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import dev.holdfast.proxy.engine.Injection;
import dev.holdfast.proxy.engine.Link;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import dev.holdfast.scenarios.model.Scenario.Trigger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One scenario on real sockets: its people behind one link, its faults on that link. */
final class Play implements AutoCloseable {
  /** What a script may take beyond the sum of its own waits. */
  private static final long GRACE_MS = 10_000;

  private final Scenario scenario;
  private final Link link;
  private final @Nullable OwnServer own;
  private final FaultJournal faults = new FaultJournal();
  private final Map<String, Journal> journals = new LinkedHashMap<>();
  private final List<Person> people = new ArrayList<>();
  private final Map<String, SimClient> clients = new HashMap<>();
  private Around around = Around.NOBODY;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("scenario-timer").factory());
  private final Set<String> absent;
  private final List<Runnable> endings = new ArrayList<>();
  private final AtomicReference<@Nullable RuntimeException> broken = new AtomicReference<>();

  /**
   * A scenario behind a link.
   *
   * @param own the server that only this scenario uses; null when it is shared
   */
  Play(Scenario scenario, Link link, @Nullable OwnServer own) {
    this.own = own;
    this.scenario = scenario;
    this.link = link;
    absent = ConcurrentHashMap.newKeySet();
    absent.addAll(scenario.people().keySet());
  }

  InetSocketAddress listen() {
    return link.listen();
  }

  /** Where pushes go, past the link; nowhere unless this is said before the people come. */
  Play pushingTo(@Nullable URI http) {
    around = new Company(clients, http);
    return this;
  }

  /** Adds a person who talks to the target through the link. */
  void person(PersonScript script, URI url, String session, ClientConfig config, long seed) {
    Journal journal = new Journal(Source.CLIENT, script.name());
    journals.put(script.name(), journal);
    ClientOptions options =
        ClientOptions.of(script.name(), url)
            .withSession(session)
            .with(config)
            .withJournal(journal)
            .withSeed(seed)
            .withListener(triggers(script.name()));
    Person person = new Person(script, options, around);
    clients.put(script.name(), person.client());
    people.add(person);
  }

  /**
   * Plays to the end.
   *
   * @return the first step that did not go as written, in words, or null
   */
  @Nullable String run(long limitMs) throws InterruptedException {
    for (FaultPlan plan : scenario.faults()) {
      faults.planned(plan, System.nanoTime(), Instant.now());
      if (plan.trigger() == null && plan.atMs() == 0) {
        strike(plan);
      }
    }
    List<CompletableFuture<PersonResult>> running = people.stream().map(Person::start).toList();
    String missed = null;
    for (CompletableFuture<PersonResult> one : running) {
      String wrong = outcome(one, limitMs + GRACE_MS);
      missed = missed == null ? wrong : missed;
    }
    endFaults();
    RuntimeException ours = broken.get();
    if (ours != null) {
      throw new IllegalStateException("a fault could not be made or taken away", ours);
    }
    return missed;
  }

  private static @Nullable String outcome(CompletableFuture<PersonResult> running, long limitMs)
      throws InterruptedException {
    try {
      PersonResult result = running.get(limitMs, TimeUnit.MILLISECONDS);
      if (result.failure() != null) {
        throw new IllegalStateException(result.name() + "'s client broke", result.failure());
      }
      StepOutcome step = result.missed();
      return step == null
          ? null
          : result.name()
              + ", step "
              + (step.index() + 1)
              + " "
              + step.action()
              + ": "
              + step.seen();
    } catch (TimeoutException e) {
      return "the script did not end within " + limitMs + " ms";
    } catch (ExecutionException e) {
      throw new IllegalStateException("a person's script broke", e.getCause());
    }
  }

  /** Everybody is connected: the times of the faults count from here. */
  private void everybodyIsThere() {
    for (FaultPlan plan : scenario.faults()) {
      if (plan.trigger() == null && plan.atMs() > 0) {
        Runnable strike = guarded(() -> strike(plan));
        var unused = timer.schedule(strike, plan.atMs(), TimeUnit.MILLISECONDS);
      }
    }
  }

  /** Strikes when its person receives the nth frame of its type. */
  private ClientListener triggers(String person) {
    Map<FaultPlan, AtomicInteger> counts = new LinkedHashMap<>();
    for (FaultPlan plan : scenario.faults()) {
      Trigger trigger = plan.trigger();
      if (trigger != null && trigger.person().equals(person)) {
        counts.put(plan, new AtomicInteger());
      }
    }
    return new ClientListener() {
      @Override
      public void onState(LinkState state, int attempt, long delayMs, String reason) {
        if (state == LinkState.CONNECTED && absent.remove(person) && absent.isEmpty()) {
          everybodyIsThere();
        }
      }

      @Override
      public void onFrame(Seen seen) {
        Frame frame = seen.frame();
        if (seen.direction() == Direction.IN && frame != null) {
          counts.forEach((plan, count) -> count(plan, count, frame));
        }
      }
    };
  }

  private void count(FaultPlan plan, AtomicInteger count, Frame frame) {
    Trigger trigger = plan.trigger();
    if (trigger != null
        && frame.type().word().equals(trigger.type())
        && count.incrementAndGet() == trigger.nth()) {
      timer.execute(guarded(() -> strike(plan)));
    }
  }

  private void strike(FaultPlan plan) {
    faults.struck(plan, System.nanoTime(), Instant.now());
    Injection injection = inject(plan);
    Runnable ending = endingOnce(plan, injection);
    synchronized (endings) {
      endings.add(ending);
    }
    if (plan.forMs() > 0) {
      var unused = timer.schedule(ending, plan.forMs(), TimeUnit.MILLISECONDS);
    }
  }

  private Injection inject(FaultPlan plan) {
    return own != null && plan.fault().equals(Scenario.SIGKILL)
        ? own.sigkill()
        : link.inject(plan.fault(), plan.args());
  }

  private Runnable endingOnce(FaultPlan plan, Injection injection) {
    AtomicInteger done = new AtomicInteger();
    return guarded(() -> {
      if (done.getAndIncrement() == 0) {
        injection.remove();
        faults.over(plan, injection.bites(), System.nanoTime(), Instant.now());
      }
    });
  }

  /** What breaks on the timer is ours: it is kept for the end and not held against the target. */
  private Runnable guarded(Runnable deed) {
    return () -> {
      try {
        deed.run();
      } catch (RuntimeException e) {
        broken.compareAndSet(null, e);
      }
    };
  }

  private void endFaults() {
    List<Runnable> all;
    synchronized (endings) {
      all = List.copyOf(endings);
    }
    all.forEach(Runnable::run);
  }

  List<HistoryRecord> history() {
    List<HistoryRecord> all = new ArrayList<>();
    journals.values().forEach(journal -> all.addAll(journal.records()));
    all.addAll(faults.records());
    return all;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    people.forEach(Person::close);
    link.close();
  }
}
