package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientInput.PostResult;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.server.HttpReply;
import dev.holdfast.protocol.server.ServerInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The simulated network between all clients and all servers, and what is wrong with it. */
final class VirtualNetwork {
  /** How the requests of pushes begin. */
  static final String PUSH = "push-";

  private static final long USUAL_DELAY_MS = 1;

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
  private final Weather weather = new Weather();
  private final Operator operator = new Operator(this);
  private long baseDelayMs = USUAL_DELAY_MS;
  private long baseJitterMs;
  private int outboundLimit = Integer.MAX_VALUE;
  private long outboundBytes = Long.MAX_VALUE;
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

  long delayMs(VirtualClient client) {
    long delay = baseDelayMs;
    long jitter = baseJitterMs;
    for (Wrong.Slow slow : weather.all(Wrong.Slow.class, client)) {
      delay += slow.ms();
      jitter += slow.jitterMs();
    }
    return delay + agenda.uniform(jitter + 1);
  }

  /** How much a client's link carries: as much as the narrowest part of it; 0 without bound. */
  long bytesPerSecond(VirtualClient client) {
    long rate = 0;
    for (Wrong.Narrow narrow : weather.all(Wrong.Narrow.class, client)) {
      rate = rate == 0 ? narrow.bytesPerSecond() : Math.min(rate, narrow.bytesPerSecond());
    }
    return rate;
  }

  /** More than this waits for nobody that does not read. */
  int outboundLimit() {
    return outboundLimit;
  }

  /** The same in bytes, as servers count it. */
  VirtualNetwork allowing(long unreadBytes) {
    outboundBytes = unreadBytes;
    return this;
  }

  long outboundBytes() {
    return outboundBytes;
  }

  void carried() {
    carried++;
  }

  /** The same, of a frame on a connection that may be meant to be cut with it. */
  void carried(VirtualLink link) {
    carried++;
    Cut cut = cuts.get(carried);
    if (cut != null) {
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

  /** What is wrong now. */
  Weather weather() {
    return weather;
  }

  /** Who does things to servers. */
  Operator operator() {
    return operator;
  }

  void forget(VirtualLink link) {
    open.remove(link);
  }

  // Handshakes

  /** A handshake, on its way for a round trip. */
  void dial(VirtualClient client, int number, String session, boolean offersResume) {
    agenda.in(delayMs(client), () -> arrived(client, number, session, offersResume));
  }

  private void arrived(VirtualClient client, int number, String session, boolean offersResume) {
    if (client.unplugged() || weather.strikes(Wrong.Down.class, client) != null) {
      refuse(client, number, ClientInput.Refused.UNREACHED, 0);
      return;
    }
    Wrong.Swallowing swallowing = weather.strikes(Wrong.Swallowing.class, client);
    if (swallowing != null) {
      agenda.at(swallowing.untilNanos(), () -> unreached(client, number));
      return;
    }
    Wrong.Holding holding = weather.strikes(Wrong.Holding.class, client);
    if (holding != null) {
      agenda.at(holding.untilNanos(), () -> atServer(client, number, session, offersResume));
      return;
    }
    atServer(client, number, session, offersResume);
  }

  private static void unreached(VirtualClient client, int number) {
    if (client.wants(number)) {
      refuse(client, number, ClientInput.Refused.UNREACHED, 0);
    }
  }

  private void atServer(VirtualClient client, int number, String session, boolean offersResume) {
    VirtualServer server = serverOf(session);
    if (server.isDown()) {
      refuse(client, number, ClientInput.Refused.UNREACHED, 0);
      return;
    }
    Wrong.Refusing refusing = weather.strikes(Wrong.Refusing.class, client);
    if (refusing != null) {
      refuse(client, number, refusing.status(), refusing.retryAfterMs());
    } else if (weather.strikes(Wrong.SocketsOff.class, client) != null) {
      refuse(client, number, 403, 0);
    } else if (server.isStopping()) {
      refuse(client, number, 503, 1_000);
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
    Mischief silent = weather.keepsGreetingsFrom(client);
    if (silent != null) {
      silent.bit();
      link.silence(silent, true, true);
    }
    client.opened(link, number, profile == Profile.RESUME);
    server.opened(link, profile, client.user());
  }

  /** Something that takes its way through the network. */
  void later(VirtualClient client, Runnable arrival) {
    agenda.in(delayMs(client), arrival);
  }

  // HTTP

  /** What {@code GET /api/transport} says; nothing where it cannot be asked. */
  void askTransport(VirtualClient client) {
    agenda.in(
        delayMs(client),
        () -> {
          boolean on = weather.strikes(Wrong.SocketsOff.class, client) == null;
          client.step(new ClientInput.TransportSaid(httpReaches(client) ? on : null));
        });
  }

  private boolean httpReaches(VirtualClient client) {
    return !client.unplugged()
        && weather.strikes(Wrong.HttpDown.class, client) == null
        && weather.strikes(Wrong.Down.class, client) == null
        && !serverOf(client.session()).isDown();
  }

  void post(VirtualClient client, ClientOutput.Post p) {
    agenda.in(
        delayMs(client),
        () -> {
          if (!httpReaches(client)) {
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
        delayMs(asked.client()),
        () -> {
          boolean lost =
              asked.client().unplugged()
                  || weather.strikes(Wrong.HttpDown.class, asked.client()) != null;
          asked
              .client()
              .step(new ClientInput.Posted(asked.id(), lost ? new PostResult.Failed(0) : result));
        });
  }

  // What goes wrong

  /** A server's process ends; until it starts again nobody listens there. */
  void crash(VirtualServer server) {
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
}
