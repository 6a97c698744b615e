package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientInput.PostResult;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.server.HttpReply;
import dev.holdfast.protocol.server.ServerInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The simulated network between all clients and all servers, and what is wrong with it. */
final class VirtualNetwork {
  /** How the requests of pushes begin. */
  static final String PUSH = "push-";

  private static final long USUAL_DELAY_MS = 1;

  /** What a handshake comes to while nothing is wrong. */
  private static final int WELCOME = 1;

  /** Is told of texts as they enter the network. */
  @FunctionalInterface
  interface Watcher {
    void passed(VirtualLink link, boolean up, String text);
  }

  private record Request(VirtualClient client, VirtualServer server, String id) {}

  private final Agenda agenda;
  private final List<VirtualServer> servers;
  private final List<VirtualLink> open = new ArrayList<>();
  private Watcher watcher = (link, up, text) -> {};
  private final List<FrameMeddler> meddlers = new ArrayList<>();
  private final Map<Long, Cut> cuts = new HashMap<>();
  private final Map<String, Request> posted = new LinkedHashMap<>();
  private final Set<String> barred = new HashSet<>();
  private boolean down;
  private boolean mute;
  private boolean greetsNobody;
  private boolean httpDown;
  private boolean websocketOff;
  private int refusal = WELCOME;
  private long retryAfterMs;
  private long baseDelayMs = USUAL_DELAY_MS;
  private long baseJitterMs;
  private long extraDelayMs;
  private long extraJitterMs;
  private long bytesPerSecond;
  private int outboundLimit = Integer.MAX_VALUE;
  private @Nullable Coverage coverage;
  private long bites;
  private long carried;
  private int opened;
  private int requests;

  VirtualNetwork(Agenda agenda, List<VirtualServer> servers) {
    this.agenda = agenda;
    this.servers = servers;
    servers.forEach(server -> server.join(this));
  }

  /** Tells of each text that enters the network, and whether a client sent it. */
  void watch(Watcher listener) {
    watcher = listener;
  }

  /** Counts what was met under faults that have bitten. */
  void counting(@Nullable Coverage counted) {
    coverage = counted;
  }

  /** Who meddles with single frames. */
  List<FrameMeddler> meddlers() {
    return meddlers;
  }

  /** What becomes of a text on its way: itself, mostly; nothing, or more than one. */
  List<String> passed(VirtualLink link, boolean up, String text) {
    watcher.passed(link, up, text);
    List<String> texts = List.of(text);
    for (FrameMeddler meddler : meddlers) {
      List<String> passed = new ArrayList<>();
      texts.forEach(one -> passed.addAll(meddler.passed(link, up, one)));
      texts = passed;
    }
    return texts;
  }

  List<VirtualServer> servers() {
    return servers;
  }

  /** Each session lives on one machine. */
  VirtualServer serverOf(String session) {
    return servers.get(Math.floorMod(session.hashCode(), servers.size()));
  }

  List<VirtualLink> links() {
    return List.copyOf(open);
  }

  // What every text meets

  void usually(long delayMs, long jitterMs, int mostWaiting) {
    baseDelayMs = delayMs;
    baseJitterMs = jitterMs;
    outboundLimit = mostWaiting;
  }

  long delayMs() {
    if (extraDelayMs + extraJitterMs > 0) {
      bit();
    }
    return baseDelayMs + extraDelayMs + agenda.uniform(baseJitterMs + extraJitterMs + 1);
  }

  long bytesPerSecond() {
    return bytesPerSecond;
  }

  /** More than this waits for nobody that does not read. */
  int outboundLimit() {
    return outboundLimit;
  }

  void carried() {
    carried++;
  }

  /** The same, of a frame on a connection that may be meant to be cut with it. */
  void carried(VirtualLink link) {
    carried++;
    Cut cut = cuts.get(carried);
    if (cut != null) {
      bit();
      agenda.in(cut.arrived() ? baseDelayMs : 0, () -> cut.noticed().cut(link));
    }
  }

  /** Connections are cut at these frames; what arrives first arrives by the usual delay. */
  void cuts(List<Cut> wanted) {
    wanted.forEach(cut -> cuts.put(cut.frame(), cut));
  }

  /** How many frames were handed to the network. */
  long frames() {
    return carried;
  }

  /** The network did something to somebody. */
  void bit() {
    bites++;
    if (coverage != null) {
      coverage.bit();
    }
  }

  long bites() {
    return bites;
  }

  void forget(VirtualLink link) {
    open.remove(link);
  }

  // Handshakes

  /** A handshake, on its way for a round trip. */
  void dial(VirtualClient client, int number, String session, boolean offersResume) {
    agenda.in(delayMs(), () -> arrived(client, number, session, offersResume));
  }

  private void arrived(VirtualClient client, int number, String session, boolean offersResume) {
    VirtualServer server = serverOf(session);
    if (mute) {
      bit();
    } else if (down || barred.contains(person(client)) || client.unplugged() || server.isDown()) {
      bit();
      refuse(client, number, ClientInput.Refused.UNREACHED, 0);
    } else if (websocketOff) {
      bit();
      refuse(client, number, 403, 0);
    } else if (server.isStopping()) {
      bit();
      refuse(client, number, 503, 1_000);
    } else if (refusal != WELCOME) {
      bit();
      refuse(client, number, refusal, retryAfterMs);
    } else if (client.wants(number)) {
      accept(server, client, number, session, offersResume ? Profile.RESUME : Profile.CORE);
    }
  }

  private static void refuse(VirtualClient client, int number, int status, long retryAfterMs) {
    client.step(new ClientInput.Refused(number, status, retryAfterMs));
  }

  private void accept(
      VirtualServer server, VirtualClient client, int number, String session, Profile profile) {
    if (!server.admits(session, profile)) {
      refuse(client, number, 403, 0);
      return;
    }
    var link = new VirtualLink(agenda, this, server, client, number, session, "c" + ++opened);
    open.add(link);
    if (greetsNobody) {
      bit();
      link.silence(true, true);
    }
    client.opened(link, number, profile == Profile.RESUME);
    server.opened(link, profile, client.user());
  }

  /** Something that takes its way through the network. */
  void later(Runnable arrival) {
    agenda.in(delayMs(), arrival);
  }

  // HTTP

  /** What {@code GET /api/transport} says; nothing where it cannot be asked. */
  void askTransport(VirtualClient client) {
    agenda.in(
        delayMs(),
        () ->
            client.step(new ClientInput.TransportSaid(httpReaches(client) ? !websocketOff : null)));
  }

  private boolean httpReaches(VirtualClient client) {
    return !httpDown && !down && !client.unplugged() && !serverOf(client.session()).isDown();
  }

  void post(VirtualClient client, ClientOutput.Post p) {
    agenda.in(
        delayMs(),
        () -> {
          if (!httpReaches(client)) {
            bit();
            client.step(new ClientInput.Posted(p.id(), new PostResult.Failed(0)));
            return;
          }
          carried();
          String request = "h" + ++requests;
          VirtualServer server = serverOf(client.session());
          posted.put(request, new Request(client, server, p.id()));
          server.posted(
              client.session(),
              new ServerInput.Posted(
                  request, p.token(), client.name(), p.id(), p.content(), List.of()));
        });
  }

  /** A push from beside the server: no fault of the network's is between the two. */
  void pushes(String session, String id, String content) {
    VirtualServer server = serverOf(session);
    if (!server.isDown() && !server.isStopping()) {
      server.pushed(session, new ServerInput.Pushed(PUSH + ++requests, id, content));
    }
  }

  void replied(String request, HttpReply reply) {
    Request asked = posted.remove(request);
    if (asked == null) {
      return;
    }
    carried();
    PostResult result =
        switch (reply) {
          case HttpReply.Ended e -> new PostResult.Ended(e.run());
          case HttpReply.Pushed p ->
              throw new IllegalStateException("a POST was answered as a push");
          case HttpReply.Refused r when r.status() == 503 || r.status() == 429 ->
              new PostResult.Failed(0);
          case HttpReply.Refused r -> new PostResult.Rejected(r.status(), r.code());
        };
    answer(asked, result);
  }

  private void answer(Request asked, PostResult result) {
    agenda.in(
        delayMs(),
        () -> {
          boolean lost = asked.client().unplugged() || httpDown;
          asked
              .client()
              .step(new ClientInput.Posted(asked.id(), lost ? new PostResult.Failed(0) : result));
        });
  }

  // What goes wrong

  /** One person's network is down, or up again; tabs are called like their person, and a number. */
  void bar(String person, boolean yes) {
    if (yes) {
      barred.add(person);
    } else {
      barred.remove(person);
    }
  }

  private static String person(VirtualClient client) {
    int dot = client.name().indexOf('.');
    return dot < 0 ? client.name() : client.name().substring(0, dot);
  }

  /** Cuts everything and refuses what comes, until {@link #goUp}. */
  void goDown() {
    down = true;
    cutAll();
  }

  void goUp() {
    down = false;
  }

  void cutAll() {
    for (VirtualLink link : links()) {
      bit();
      link.cut();
    }
  }

  /** A server's process ends; until it starts again nobody listens there. */
  void crash(VirtualServer server) {
    bit();
    server.crash();
    for (VirtualLink link : links()) {
      if (link.server() == server) {
        link.serverDied();
        link.cutClient();
      }
    }
    for (String request : List.copyOf(posted.keySet())) {
      Request asked = posted.get(request);
      if (asked != null && asked.server() == server) {
        posted.remove(request);
        answer(asked, new PostResult.Failed(0));
      }
    }
  }

  void slow(long ms, long jitter) {
    extraDelayMs = ms;
    extraJitterMs = jitter;
  }

  /** A narrow link for everybody; 0 for one without bound. */
  void narrow(long bytesEachSecond) {
    bytesPerSecond = bytesEachSecond;
  }

  /** Handshakes are accepted and never answered. */
  void mute(boolean yes) {
    mute = yes;
  }

  /** Handshakes succeed, and nothing follows. */
  void greetNobody(boolean yes) {
    greetsNobody = yes;
  }

  void refuse(int status, long retryAfter) {
    refusal = status;
    retryAfterMs = retryAfter;
  }

  void welcome() {
    refusal = WELCOME;
  }

  void http(boolean up) {
    httpDown = !up;
  }

  /** The kill switch. */
  void websocket(boolean on) {
    websocketOff = !on;
  }
}
