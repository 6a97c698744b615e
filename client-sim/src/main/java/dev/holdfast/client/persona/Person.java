package dev.holdfast.client.persona;

import dev.holdfast.client.ClientListener;
import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.SimClient;
import dev.holdfast.client.persona.Action.Expect;
import dev.holdfast.client.persona.Notebook.Reading;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who follows a script over a client of their own.
 *
 * <p>A person connects unasked, unless the script begins offline, and leaves only by {@code close}
 * or {@link #close}.
 */
public final class Person implements AutoCloseable {
  /** Nobody tells when somebody else's token has come. */
  private static final long LOOKS_EVERY_MS = 20;

  private final PersonScript script;
  private final Notebook notebook = new Notebook();
  private final Around around;
  private final ClientOptions options;
  private final List<SimClient> tabs = new CopyOnWriteArrayList<>();
  private final List<Journal> tabJournals = new CopyOnWriteArrayList<>();
  private final List<StepOutcome> steps = new ArrayList<>();
  private long began;
  private volatile @Nullable Thread runner;
  private volatile long clockAheadMs;

  /** The script's name becomes the client's. */
  public Person(PersonScript script, ClientOptions options) {
    this(script, options, Around.NOBODY);
  }

  public Person(PersonScript script, ClientOptions options, Around around) {
    this.script = script;
    this.around = around;
    ClientListener both = new BothListeners(notebook, options.listener());
    this.options = options.withListener(both);
    tabs.add(new SimClient(this.options));
  }

  /** The client of the tab in front. */
  public SimClient client() {
    return tabs.get(tabs.size() - 1);
  }

  /** What the tabs beside the first wrote down. */
  public List<Journal> tabJournals() {
    return List.copyOf(tabJournals);
  }

  /** Sets the date of this person's machine, on which all tabs are; once more sets it further. */
  public synchronized void jumpClock(long ms) {
    clockAheadMs += ms;
    tabs.forEach(tab -> tab.setClock(clockAheadMs));
  }

  /** Follows the script on a virtual thread. */
  public CompletableFuture<PersonResult> start() {
    CompletableFuture<PersonResult> result = new CompletableFuture<>();
    runner =
        Thread.ofVirtual()
            .name("holdfast-person-" + script.name())
            .start(() -> result.complete(run()));
    return result;
  }

  /** Follows the script here and now, up to its end or the first step that goes wrong. */
  public PersonResult run() {
    try {
      began = System.nanoTime();
      int index = 0;
      boolean connected = false;
      for (Action action : script.actions()) {
        if (action instanceof Action.Join) {
          connected = true;
        }
        if (!connected && !(action instanceof Action.Offline)) {
          client().connect();
          connected = true;
        }
        if (!perform(index++, action)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return result(e);
    } catch (RuntimeException e) {
      return result(e);
    }
    return result(client().failure());
  }

  /** Stops a script under way and leaves. */
  @Override
  public void close() {
    Thread running = runner;
    if (running != null) {
      running.interrupt();
    }
    tabs.forEach(SimClient::close);
  }

  private PersonResult result(@Nullable Throwable failure) {
    return new PersonResult(script.name(), steps, failure);
  }

  private boolean perform(int index, Action action) throws InterruptedException {
    long start = System.nanoTime();
    String wrong = perform(action);
    steps.add(
        new StepOutcome(
            index, action, Duration.ofNanos(System.nanoTime() - start).toMillis(), wrong));
    return wrong == null;
  }

  /** Null, or what was seen instead. */
  private @Nullable String perform(Action action) throws InterruptedException {
    switch (action) {
      case Action.Say s -> say(s);
      case Action.Expect e -> {
        return expect(e.what(), e.withinMs());
      }
      case Action.Pause p -> Thread.sleep(p.ms());
      case Action.At at -> Thread.sleep(Math.max(0, at.ms() - sinceBeginMs()));
      case Action.Heal h -> heal();
      case Action.OpenTab o -> openTab();
      case Action.CloseTab c -> closeTab();
      case Action.Offline o -> client().offline();
      case Action.Online o -> tabs.forEach(SimClient::online);
      case Action.Connect c -> client().connect();
      case Action.Disconnect d -> client().disconnect();
      case Action.Retry r -> client().retry();
      case Action.Close c -> client().close();
      case Action.Join j -> {
        return join(j.of());
      }
      case Action.Push p -> {
        return around.push(String.valueOf(client().sessionId()), p.content(), p.times());
      }
      case Action.Cancel c -> {
        return cancel(c.of());
      }
    }
    return null;
  }

  private long sinceBeginMs() {
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }

  private void heal() {
    tabs.forEach(SimClient::online);
    if (client().state() == LinkState.DISCONNECTED) {
      client().retry();
    }
  }

  private void openTab() {
    Journal journal = new Journal(Source.CLIENT, script.name() + "." + (tabs.size() + 1));
    tabJournals.add(journal);
    ClientOptions same = options.withSession(client().sessionId()).withJournal(journal);
    SimClient tab = new SimClient(same.withSeed(options.seed() + tabs.size()));
    tab.joins(client());
    tabs.add(tab);
    tab.setClock(clockAheadMs);
    tab.connect();
  }

  private void closeTab() {
    if (tabs.size() > 1) {
      client().close();
      tabs.remove(tabs.size() - 1);
      client().retry();
    }
  }

  private void say(Action.Say say) {
    List<String> names = say.names();
    for (int i = 0; i < say.times(); i++) {
      String as = names.isEmpty() ? null : names.get(i);
      String id = client().say(say.content(), as);
      if (as != null) {
        notebook.named(as, id);
      }
    }
  }

  private @Nullable String join(String of) throws InterruptedException {
    SimClient other = around.other(of);
    if (other == null) {
      return "there is no person named " + of;
    }
    boolean joined = false;
    for (long ms = 0; !joined && ms < Expect.DEFAULT_WITHIN_MS; ms += LOOKS_EVERY_MS) {
      joined = notebook.await(() -> client().joins(other), LOOKS_EVERY_MS);
    }
    if (!joined) {
      return of + " has no token to share";
    }
    client().connect();
    return null;
  }

  private @Nullable String cancel(String of) throws InterruptedException {
    String id = notebook.id(of);
    if (id == null) {
      return Notebook.nobodySaid(of);
    }
    if (!notebook.await(() -> client().runOf(id) != null, Expect.DEFAULT_WITHIN_MS)) {
      return of + " has no run; " + notebook.now();
    }
    String run = client().runOf(id);
    if (run != null) {
      client().cancel(run);
    }
    return null;
  }

  private @Nullable String expect(Expectation what, long withinMs) throws InterruptedException {
    AtomicReference<Reading> reading = new AtomicReference<>(Reading.OPEN);
    boolean decided =
        notebook.await(
            () -> {
              reading.set(notebook.read(what));
              return reading.get() != Reading.OPEN;
            },
            withinMs);
    return decided && reading.get() == Reading.MET ? null : notebook.instead(what);
  }
}
