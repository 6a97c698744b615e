package dev.holdfast.scenarios.world;

import dev.holdfast.client.ClientListener;
import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.scenarios.check.Terms;
import dev.holdfast.scenarios.world.Story.Ground;
import dev.holdfast.scenarios.world.Story.Ill;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plays one story: the world is built, everything happens, the world heals, and all must end. */
final class StoryRun {
  /** Enough for the longest backoff, heartbeat and run of any story, one after the other. */
  static final long ENDS_WITHIN_MS = 600_000;

  /** After everything has ended, what should not come may still come. */
  private static final long AFTERMATH_MS = 1_500;

  /** How often a person looks whether a tab that gave up still has something to say. */
  private static final long LOOKS_EVERY_MS = 2_000;

  /** A story says at least this much through the codec. */
  static final long FEWEST_FRAMES = 100;

  private static final int MOST_EXTRA_MESSAGES = 60;
  private static final Ill LAST_RESORT = new Ill(FaultKind.RST, 0, 0, -1, 0);

  private final Story story;
  private final Agenda agenda;
  private final Chronicle chronicle;
  private final @Nullable Coverage coverage;
  private final VirtualNetwork network;
  private final Clock worldClock;
  private final List<StoryPerson> people = new ArrayList<>();
  private final List<AtWork> working = new ArrayList<>();
  private final Map<String, String> calm;
  private long struck;

  StoryRun(
      Story story,
      Function<ClientConfig, ClientStep> client,
      Function<ServerConfig, ServerStep> server,
      Repertoire repertoire,
      Chronicle chronicle,
      @Nullable Coverage coverage) {
    this.story = story;
    this.chronicle = chronicle;
    this.coverage = coverage;
    agenda = new Agenda(story.seed());
    worldClock = Clock.accurate(agenda);
    calm = new HashMap<>();
    Ground g = story.ground();
    List<VirtualServer> servers = new ArrayList<>();
    for (int i = 0; i < g.servers(); i++) {
      Clock clock = new Clock(agenda, 1_000_000_000L * (i + 7), g.driftPpm());
      VirtualStore store =
          new VirtualStore(VirtualStore.Kind.valueOf(g.store().toUpperCase(Locale.ROOT)));
      servers.add(
          new VirtualServer(
              agenda,
              clock,
              server.apply(serverConfig(g)),
              repertoire,
              chronicle.server("server-" + (i + 1), clock),
              store,
              coverage));
    }
    network = new VirtualNetwork(agenda, servers);
    network.usually(g.delayMs(), g.jitterMs(), g.outboundLimit());
    for (int i = 0; i < story.people().size(); i++) {
      Clock clock = new Clock(agenda, 5_000_000_000L * i, i % 2 == 0 ? 0 : -g.driftPpm());
      ClientConfig config = clientConfig(plain(story.people().get(i)), g);
      StoryPerson.Tabs tabs =
          (name, session) ->
              new VirtualClient(
                  agenda,
                  clock,
                  network,
                  client.apply(config),
                  name,
                  session,
                  chronicle.client(name, clock),
                  ClientListener.NONE,
                  coverage);
      people.add(
          new StoryPerson(agenda, story.people().get(i), tabs, repertoire, calm, network::pushes));
    }
  }

  private static ServerConfig serverConfig(Ground g) {
    return ServerConfig.STANDARD
        .withHeartbeat(g.heartbeatMs(), g.pongTimeoutMs())
        .withRetention(g.resumeTtlMs(), g.replayFrames(), 1 << 20)
        .withRuns(g.runTimeoutMs(), g.pendingRuns());
  }

  private ClientConfig plain(Story.Person person) {
    if (story.profile() == Profile.CORE) {
      return ClientConfig.CORE;
    }
    return person.shares() ? ClientConfig.TOGETHER : ClientConfig.RESUME;
  }

  private static ClientConfig clientConfig(ClientConfig c, Ground g) {
    return new ClientConfig(
        c.offers(),
        backoff(g),
        g.heartbeatMs(),
        g.pongTimeoutMs(),
        true,
        c.connectTimeoutMs(),
        c.greetingTimeoutMs(),
        c.offers() == Profile.CORE ? c.answerTimeoutMs() : ENDS_WITHIN_MS,
        g.queueLimit(),
        g.unackedLimit(),
        c.stableMs(),
        c.maxFrameBytes(),
        g.asksTransport(),
        2_000,
        c.capabilities());
  }

  private static Backoff backoff(Ground g) {
    return new Backoff(
        g.reconnectBaseMs(), g.reconnectCapMs(), g.reconnectJitterMs(), g.maxAttempts());
  }

  /** The rules that judges hold the story against. */
  Terms terms() {
    Ground g = story.ground();
    boolean forgets =
        !g.store().equals("keeps")
            || g.resumeTtlMs() < ENDS_WITHIN_MS / 5
            || g.replayFrames() < FEWEST_FRAMES;
    return new Terms(
        story.profile(),
        backoff(g),
        forgets ? "none" : "process",
        g.heartbeatMs(),
        g.pongTimeoutMs(),
        g.queueLimit(),
        ENDS_WITHIN_MS);
  }

  /** How each message would have ended had nothing gone wrong. */
  Map<String, String> calm() {
    return story.ground().runTimeoutMs() < 60_000 ? Map.of() : calm;
  }

  long frames() {
    return network.frames();
  }

  long nanos() {
    return agenda.now();
  }

  long faultsThatStruck() {
    return struck;
  }

  /** Cuts connections at these frames. */
  StoryRun cutting(List<Cut> cuts) {
    network.cuts(cuts);
    return this;
  }

  /** Tells of each text that enters the network. */
  StoryRun watched(VirtualNetwork.Watcher watcher) {
    network.watch(watcher);
    return this;
  }

  StoryRun play() {
    if (coverage != null) {
      coverage.calm();
    }
    long end = 0;
    for (StoryPerson person : people) {
      end = Math.max(end, person.begin());
    }
    for (Ill ill : story.faults()) {
      chronicle.fault(ill, "planned", 0, worldClock);
      agenda.in(ill.atMs(), () -> strike(ill));
      end = Math.max(end, ill.atMs() + ill.forMs());
    }
    until(end * Tick.NANOS_PER_MS + 1);
    heal();
    untilDone();
    if (story.padded()) {
      pad();
    }
    until(agenda.now() + AFTERMATH_MS * Tick.NANOS_PER_MS);
    people.forEach(person -> person.tabs().forEach(chronicle::watched));
    return this;
  }

  private void until(long nanos) {
    while (agenda.step(nanos)) {
      // one event after the other
    }
    agenda.pass(nanos);
  }

  /** A fault that has struck and is not over; two of one kind are two. */
  private record AtWork(Ill ill, Struck struck) {}

  private void strike(Ill ill) {
    chronicle.fault(ill, "struck", 0, worldClock);
    AtWork one = new AtWork(ill, at(ill));
    working.add(one);
    Coverage counting = coverage;
    if (counting != null) {
      one.struck().by().whenItBites(() -> counting.began(ill.kind()));
    }
    ill.kind().strike(one.struck());
    agenda.in(ill.kind().lasts() ? ill.forMs() : 500, () -> over(one));
  }

  private void over(AtWork one) {
    if (!working.remove(one)) {
      return;
    }
    Ill ill = one.ill();
    network.weather().ends(one.struck().by());
    ill.kind().heal(one.struck());
    long bites = one.struck().by().bites();
    one.struck().by().whenItBites(() -> {});
    if (coverage != null && bites > 0) {
      coverage.ended(ill.kind());
    }
    struck += bites > 0 ? 1 : 0;
    chronicle.fault(ill, "over", bites, worldClock);
  }

  private Struck at(Ill ill) {
    List<VirtualServer> servers = network.servers();
    VirtualServer server = servers.get((int) (ill.size() % servers.size()));
    boolean one = ill.who() >= 0 && ill.who() < people.size();
    StoryPerson person = people.isEmpty() ? null : people.get(one ? ill.who() : 0);
    Clock clock = !one || person == null ? server.clock() : person.tab().clock();
    return new Struck(
        network,
        one && person != null
            ? Mischief.against(story.people().get(ill.who()).name())
            : Mischief.againstEverybody(),
        server,
        clock,
        ill.forMs(),
        agenda.now() + ill.forMs() * Tick.NANOS_PER_MS,
        ill.size());
  }

  /** From here on nothing is wrong; whoever had given up tries again. */
  private void heal() {
    List.copyOf(working).forEach(this::over);
    for (StoryPerson person : people) {
      person.comesBack();
      person.tabs().forEach(chronicle::healed);
    }
  }

  private void untilDone() {
    long bound = agenda.now() + ENDS_WITHIN_MS * Tick.NANOS_PER_MS;
    long look = agenda.now();
    while (!allDone() && agenda.now() < bound) {
      look += LOOKS_EVERY_MS * Tick.NANOS_PER_MS;
      while (agenda.step(look) && !allDone()) {
        // one event after the other
      }
      if (!allDone()) {
        agenda.pass(look);
        people.forEach(StoryPerson::looksAfterTabs);
      }
    }
  }

  private boolean allDone() {
    for (StoryPerson person : people) {
      if (!person.isDone()) {
        return false;
      }
    }
    return true;
  }

  /** Small talk until the story says enough, and a cut where nothing has happened to anybody. */
  private void pad() {
    if (struck == 0) {
      strike(LAST_RESORT);
      untilDone();
    }
    for (int i = 0; i < MOST_EXTRA_MESSAGES && frames() < FEWEST_FRAMES; i++) {
      StoryPerson person = people.get(i % people.size());
      if (!person.isDone()) {
        return;
      }
      person.chats();
      untilDone();
    }
  }
}
