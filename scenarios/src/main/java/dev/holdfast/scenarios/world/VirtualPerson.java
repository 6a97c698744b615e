package dev.holdfast.scenarios.world;

import dev.holdfast.client.persona.Action;
import dev.holdfast.client.persona.Notebook;
import dev.holdfast.client.persona.PersonScript;
import dev.holdfast.client.persona.Plain;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.LinkState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A person in virtual time: the same script, one step whenever the one before is over. */
final class VirtualPerson {
  private static final long LOOKS_EVERY_MS = 20;

  /** Who else is in the story, and whoever may have the agent speak first. */
  interface Around {
    @Nullable VirtualClient other(String name);

    void pushes(String session, String content, int times);
  }

  private final Agenda agenda;
  private final PersonScript script;
  private final Notebook notebook;
  private final Tabs opener;
  private final Around around;
  private final List<VirtualClient> tabs = new ArrayList<>();
  private long began;
  private int at;
  private boolean over;
  private Action.@Nullable Expect awaited;
  private @Nullable String missed;

  VirtualPerson(Agenda agenda, PersonScript script, Notebook notebook, Tabs opener, Around around) {
    this.around = around;
    this.agenda = agenda;
    this.script = script;
    this.notebook = notebook;
    this.opener = opener;
    tabs.add(opener.open(script.name()));
  }

  /** Opens a tab. */
  interface Tabs {
    VirtualClient open(String name);
  }

  void start() {
    began = agenda.now();
    client().afterwards(this::look);
    Action first = script.actions().isEmpty() ? null : script.actions().get(0);
    if (!(first instanceof Action.Offline || first instanceof Action.Join)) {
      client().step(new ClientInput.Connect());
    }
    agenda.in(0, this::next);
  }

  String name() {
    return script.name();
  }

  boolean over() {
    return over;
  }

  /** The step that did not go as written, or null. */
  @Nullable String missed() {
    return missed;
  }

  /** The client of the tab in front. */
  VirtualClient client() {
    return tabs.get(tabs.size() - 1);
  }

  List<VirtualClient> tabs() {
    return tabs;
  }

  private void next() {
    List<Action> actions = script.actions();
    if (at == actions.size()) {
      over = true;
      return;
    }
    Action action = actions.get(at++);
    switch (action) {
      case Action.Say say -> say(say);
      case Action.Expect e -> await(e);
      case Action.Pause p -> agenda.in(p.ms(), this::next);
      case Action.At a -> agenda.at(began + a.ms() * Tick.NANOS_PER_MS, this::next);
      case Action.Heal h -> act(this::heal);
      case Action.OpenTab o -> act(this::openTab);
      case Action.CloseTab c -> act(this::closeTab);
      case Action.Offline o -> act(client()::offline);
      case Action.Online o -> act(() -> tabs.forEach(VirtualClient::online));
      case Action.Connect c -> act(() -> client().step(new ClientInput.Connect()));
      case Action.Disconnect d -> act(() -> client().step(new ClientInput.Disconnect()));
      case Action.Retry r -> act(this::retry);
      case Action.Close c -> act(client()::leave);
      case Action.Join j -> joins(j.of(), 0);
      case Action.Push p -> act(() -> around.pushes(client().session(), p.content(), p.times()));
      case Action.Cancel c -> act(() -> cancel(c.of()));
    }
  }

  /** Looks for the other's token now and then, as a person on sockets does. */
  private void joins(String of, long waitedMs) {
    VirtualClient other = around.other(of);
    String token = other == null ? null : other.state().resuming().token();
    if (token != null) {
      share(client(), token);
      act(() -> client().step(new ClientInput.Connect()));
    } else if (waitedMs >= Action.Expect.DEFAULT_WITHIN_MS) {
      miss("join: " + of + " has no token to share");
    } else {
      agenda.in(LOOKS_EVERY_MS, () -> joins(of, waitedMs + LOOKS_EVERY_MS));
    }
  }

  private static void share(VirtualClient tab, @Nullable String token) {
    ClientState fresh = tab.state();
    tab.restore(fresh.with(fresh.outbox(), fresh.resuming().withToken(token)));
  }

  private void act(Runnable deed) {
    deed.run();
    agenda.in(0, this::next);
  }

  private void retry() {
    client().step(new ClientInput.Retry(agenda.name("tab-")));
  }

  private void heal() {
    tabs.forEach(VirtualClient::online);
    if (client().shows(LinkState.DISCONNECTED)) {
      retry();
    }
  }

  private void openTab() {
    VirtualClient tab = opener.open(script.name() + "." + (tabs.size() + 1));
    share(tab, client().state().resuming().token());
    tabs.add(tab);
    tab.afterwards(this::look);
    tab.step(new ClientInput.Connect());
  }

  private void closeTab() {
    if (tabs.size() > 1) {
      client().leave();
      tabs.remove(tabs.size() - 1);
      retry();
    }
  }

  private void say(Action.Say say) {
    List<String> names = say.names();
    for (int i = 0; i < say.times(); i++) {
      String as = names.isEmpty() ? null : names.get(i);
      String id = client().nextId();
      if (as != null) {
        notebook.named(as, id);
      }
      client().say(id, say.content(), as);
    }
    agenda.in(0, this::next);
  }

  private void cancel(String of) {
    String id = notebook.id(of);
    String run = id == null ? null : client().runOf(id);
    if (run == null) {
      miss("cancel: " + of + " has no run");
    } else {
      client().cancel(run);
      agenda.in(0, this::next);
    }
  }

  private void await(Action.Expect expect) {
    int step = at;
    awaited = expect;
    agenda.in(
        expect.withinMs(),
        () -> {
          if (awaited != null && at == step) {
            miss(describe(expect));
          }
        });
    look();
  }

  /** Something was seen: perhaps what is waited for. */
  void look() {
    Action.Expect expect = awaited;
    if (expect == null || over) {
      return;
    }
    switch (notebook.read(expect.what())) {
      case MET -> {
        awaited = null;
        agenda.in(0, this::next);
      }
      case MISSED -> miss(describe(expect));
      case OPEN -> {}
    }
  }

  private String describe(Action.Expect expect) {
    return Plain.of(expect) + ": " + notebook.instead(expect.what());
  }

  private void miss(String what) {
    awaited = null;
    missed = script.name() + ", step " + at + " " + what;
    over = true;
  }
}
