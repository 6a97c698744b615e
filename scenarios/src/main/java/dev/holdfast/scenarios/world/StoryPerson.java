package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.client.Resuming;
import dev.holdfast.scenarios.world.Story.Deed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A person of a story: does what is written when its time comes, in one tab after the other. */
final class StoryPerson {
  /** Opens a tab. */
  interface Tabs {
    VirtualClient open(String name, String session);
  }

  /** Whoever asks the agent to speak first. */
  interface Administrator {
    void pushes(String session, String id, String content);
  }

  private final Agenda agenda;
  private final Story.Person plan;
  private final Tabs opener;
  private final Repertoire repertoire;
  private final Map<String, String> calm;
  private final Administrator administrator;
  private final List<VirtualClient> tabs = new ArrayList<>();
  private int pushes;
  private int tries;
  private @Nullable String newest;

  StoryPerson(
      Agenda agenda,
      Story.Person plan,
      Tabs opener,
      Repertoire repertoire,
      Map<String, String> calm,
      Administrator administrator) {
    this.administrator = administrator;
    this.agenda = agenda;
    this.plan = plan;
    this.opener = opener;
    this.repertoire = repertoire;
    this.calm = calm;
    tabs.add(opener.open(plan.name(), plan.session()));
  }

  List<VirtualClient> tabs() {
    return tabs;
  }

  /** The tab in front. */
  VirtualClient tab() {
    return tabs.get(tabs.size() - 1);
  }

  /** Plans all deeds; returns when the last one happens, in milliseconds. */
  long begin() {
    tab().step(new ClientInput.Connect());
    long last = 0;
    for (Deed deed : plan.deeds()) {
      agenda.in(deed.atMs(), () -> does(deed));
      last = Math.max(last, deed.atMs());
    }
    return last;
  }

  private void does(Deed deed) {
    switch (deed) {
      case Deed.Say s -> says(s.content());
      case Deed.Cancel c -> cancels();
      case Deed.Offline o -> tab().offline();
      case Deed.Online o -> tabs.forEach(VirtualClient::online);
      case Deed.Disconnect d -> tab().step(new ClientInput.Disconnect());
      case Deed.Connect c -> tab().step(new ClientInput.Connect());
      case Deed.Retry r -> retries(tab());
      case Deed.OpenTab o -> opensTab();
      case Deed.Push p -> isPushed(p);
      case Deed.CloseTab c -> closesTab();
    }
  }

  private void says(String content) {
    String id = tab().nextId();
    newest = id;
    String answer = repertoire.of(content).answer();
    calm.put(id, answer == null ? "" : answer);
    tab().say(id, content, null);
  }

  private void isPushed(Deed.Push push) {
    String id = "push-" + plan.name() + "-" + ++pushes;
    for (int i = 0; i < push.times(); i++) {
      administrator.pushes(plan.session(), id, push.content());
    }
  }

  void chats() {
    says(StoryTeller.SMALL_TALK);
  }

  private void cancels() {
    String run = newest == null ? null : tab().runOf(newest);
    if (run != null) {
      tab().cancel(run);
    }
  }

  private void opensTab() {
    VirtualClient tab = opener.open(plan.name() + "." + (tabs.size() + 1), plan.session());
    Resuming known = tab().state().resuming();
    if (tab().unplugged()) {
      tab.online();
    }
    tabs.add(tab);
    if (known.token() != null) {
      tab.restore(withToken(tab.state(), known.token()));
    }
    tab.step(new ClientInput.Connect());
  }

  /** Pages of one origin share what their browser keeps: the session's token. */
  private static ClientState withToken(ClientState s, @Nullable String token) {
    return s.with(s.outbox(), s.resuming().withToken(token));
  }

  private void closesTab() {
    if (tabs.size() > 1) {
      tab().leave();
      tabs.add(tabs.remove(tabs.size() - 2));
      retries(tab());
    }
  }

  /**
   * A token that a page of the same origin left: of one that is connected, if there is one. Others
   * may be of an older epoch, so each try takes the next.
   */
  private @Nullable String keptToken() {
    List<VirtualClient> order = new ArrayList<>(tabs);
    order.sort(Comparator.comparing(tab -> !tab.shows(LinkState.CONNECTED)));
    List<String> tokens = new ArrayList<>();
    for (VirtualClient sibling : order) {
      String token = sibling.state().resuming().token();
      if (token != null) {
        tokens.add(token);
      }
    }
    boolean somebodyIsThere = tabs.stream().anyMatch(tab -> tab.shows(LinkState.CONNECTED));
    return tokens.isEmpty() ? null : tokens.get(somebodyIsThere ? 0 : tries++ % tokens.size());
  }

  private void retries(VirtualClient tab) {
    shareToken();
    tab.step(new ClientInput.Retry(agenda.name("tab-")));
  }

  /** A page that dropped its token finds the one that a sibling put where both look. */
  private void shareToken() {
    for (VirtualClient tab : tabs) {
      if (!tab.gone() && tab.state().resuming().token() == null) {
        tab.restore(withToken(tab.state(), keptToken()));
      }
    }
  }

  /** The world is well again: everybody is online and connected, or about to be. */
  void comesBack() {
    tabs.forEach(VirtualClient::online);
    if (tab().shows(LinkState.DISCONNECTED) && !tab().gone()) {
      retries(tab());
    }
  }

  /** A tab that was superseded before it had its answers gets its turn. */
  void looksAfterTabs() {
    shareToken();
    VirtualClient stuck = null;
    for (VirtualClient tab : tabs) {
      if (tab.gone() || tab.isDone()) {
        continue;
      }
      if (!tab.shows(LinkState.DISCONNECTED)) {
        return;
      }
      stuck = stuck == null ? tab : stuck;
    }
    if (stuck != null || tab().shows(LinkState.DISCONNECTED)) {
      retries(stuck == null ? tab() : stuck);
    }
  }

  /** Whether every tab has its answers, and one is connected. */
  boolean isDone() {
    boolean connected = false;
    for (VirtualClient tab : tabs) {
      if (!tab.gone()) {
        if (!tab.isDone()) {
          return false;
        }
        connected |= tab.shows(LinkState.CONNECTED);
      }
    }
    return connected;
  }
}
