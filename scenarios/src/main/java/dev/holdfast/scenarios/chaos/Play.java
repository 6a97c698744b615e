package dev.holdfast.scenarios.chaos;

import dev.holdfast.client.ClientListener;
import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.access.Access;
import dev.holdfast.client.persona.Around;
import dev.holdfast.client.persona.Person;
import dev.holdfast.client.persona.PersonResult;
import dev.holdfast.client.persona.PersonScript;
import dev.holdfast.client.persona.Plain;
import dev.holdfast.client.persona.StepOutcome;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
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

  /** The name of the one link that all share: no person's name has a star. */
  private static final String EVERYBODY = "*";

  private static final String DOWN = "down";

  private final Scenario scenario;
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final @Nullable OwnServer own;
  private final FaultJournal faults = new FaultJournal();
  private final List<LinkJournal> passed = new ArrayList<>();
  private final Journal pushes = new Journal(Source.HARNESS, "pushes");
  private final Map<String, Journal> journals = new LinkedHashMap<>();
  private final Map<String, Person> people = new LinkedHashMap<>();
  private Around around = Around.NOBODY;
  private Access access = Access.NONE;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("scenario-timer").factory());
  private final Map<String, Long> unreached = new ConcurrentHashMap<>();
  private final Set<String> absent;
  private final List<FutureTask<?>> endings = new ArrayList<>();
  private final AtomicReference<@Nullable RuntimeException> broken = new AtomicReference<>();

  /** Opens links to the server. */
  interface Opener {
    Link open(String name);
  }

  /**
   * A scenario behind one link, or behind one for each person where a fault strikes one alone.
   *
   * @param unique what its links are called
   * @param own the server that only this scenario uses; null when it is shared
   */
  Play(Scenario scenario, Opener opener, String unique, @Nullable OwnServer own) {
    this.own = own;
    this.scenario = scenario;
    if (scenario.needsOwnLinks()) {
      scenario.people().keySet().forEach(p -> links.put(p, opener.open(unique + "-" + p)));
    } else {
      links.put(EVERYBODY, opener.open(unique));
    }
    links.forEach((name, link) -> watch(name.equals(EVERYBODY) ? "link" : "link-" + name, link));
    absent = ConcurrentHashMap.newKeySet();
    absent.addAll(scenario.people().keySet());
    absent.forEach(person -> unreached.put(person, 0L));
  }

  private void watch(String name, Link link) {
    LinkJournal journal = new LinkJournal(name);
    boolean seen =
        link.watch((connection, up, text) ->
            journal.passed(Long.toString(connection), up, text, System.nanoTime(), Instant.now()));
    if (seen) {
      passed.add(journal);
    }
  }

  /** Where pushes go, past the link; nowhere unless this is said before the people come. */
  Play pushingTo(@Nullable URI http, Access access) {
    this.access = access;
    around = new Company(people, http, access, pushes);
    return this;
  }

  /** Where the server is for this person. */
  InetSocketAddress listen(String person) {
    Link theirs = links.getOrDefault(person, links.get(EVERYBODY));
    if (theirs == null) {
      throw new IllegalArgumentException(person + " has no link");
    }
    return theirs.listen();
  }

  /** Adds a person who talks to the target as these options say. */
  void person(PersonScript script, ClientOptions options) {
    Journal journal = new Journal(Source.CLIENT, script.name());
    journals.put(script.name(), journal);
    ClientOptions own = options.withJournal(journal).withListener(triggers(script.name()));
    people.put(script.name(), new Person(script, own, around));
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
    List<CompletableFuture<PersonResult>> running =
        people.values().stream().map(Person::start).toList();
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
              + Plain.of(step.action())
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
      public void onUnreached(int connection) {
        unreached.computeIfPresent(person, (p, count) -> count + 1);
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
    if (trigger != null && trigger.counts(frame) && count.incrementAndGet() == trigger.nth()) {
      timer.execute(guarded(() -> strike(plan)));
    }
  }

  private void strike(FaultPlan plan) {
    faults.struck(plan, System.nanoTime(), Instant.now());
    Injection injection = inject(plan);
    FutureTask<?> ending = ending(plan, injection);
    synchronized (endings) {
      endings.add(ending);
    }
    if (plan.forMs() > 0) {
      var unused = timer.schedule(() -> aside(ending), plan.forMs(), TimeUnit.MILLISECONDS);
    }
  }

  /** A server may take its time to start again: no other fault waits for that. */
  private static void aside(Runnable deed) {
    var unused = Thread.ofVirtual().name("scenario-ending").start(deed);
  }

  private Injection inject(FaultPlan plan) {
    if (plan.fault().equals(Scenario.CLOCK_JUMP)) {
      return OnSockets.clockJump(plan, struck(people, plan).getFirst());
    }
    if (own == null || !Scenario.OF_SERVER.contains(plan.fault())) {
      return counted(plan, OnSockets.onLinks(plan, struck(links, plan)));
    }
    return plan.fault().equals(Scenario.FLAG_OFF)
        ? OnSockets.killSwitch(own.url(), access)
        : own.signal(plan.fault());
  }

  /** A link that is down cannot count whom it keeps away; they can. */
  private Injection counted(FaultPlan plan, Injection injection) {
    if (!plan.fault().equals(DOWN)) {
      return injection;
    }
    long before = unreached(plan);
    return Injection.of(
        DOWN, () -> injection.bites() + unreached(plan) - before, injection::remove);
  }

  private long unreached(FaultPlan plan) {
    return struck(unreached, plan).stream().mapToLong(Long::longValue).sum();
  }

  /** What belongs to the person whom a fault strikes, or to everybody. */
  private static <T> List<T> struck(Map<String, T> all, FaultPlan plan) {
    T one = plan.person() == null ? null : all.get(plan.person());
    return one == null ? List.copyOf(all.values()) : List.of(one);
  }

  /** Takes the fault away, once, whoever comes to do it. */
  private FutureTask<?> ending(FaultPlan plan, Injection injection) {
    return new FutureTask<>(
        guarded(() -> {
          injection.remove();
          faults.over(plan, injection.bites(), System.nanoTime(), Instant.now());
        }),
        null);
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

  /** Ends what is not over, and waits for what is just ending. */
  private void endFaults() throws InterruptedException {
    List<FutureTask<?>> all;
    synchronized (endings) {
      all = List.copyOf(endings);
    }
    for (FutureTask<?> ending : all) {
      ending.run();
      try {
        Object unused = ending.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("what guards an ending broke", e.getCause());
      }
    }
  }

  List<HistoryRecord> history() {
    List<HistoryRecord> all = new ArrayList<>();
    journals.values().forEach(journal -> all.addAll(journal.records()));
    people.values().stream()
        .flatMap(person -> person.tabJournals().stream())
        .forEach(journal -> all.addAll(journal.records()));
    passed.forEach(journal -> all.addAll(journal.records()));
    all.addAll(faults.records());
    all.addAll(pushes.records());
    return all;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      people.values().forEach(person -> threads.execute(person::close));
    }
    links.values().forEach(Link::close);
  }
}
