package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.schema.Complaint;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.conformance.wire.RawPeer;
import dev.holdfast.scenarios.conformance.wire.RawPeer.Refused;
import dev.holdfast.scenarios.conformance.wire.WireLog;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What the script of one case has in its hands: the target, fresh names, peers, a log. */
public final class Bench implements AutoCloseable {
  /** Offers profile resume in a handshake. */
  public static final Map<String, String> RESUME =
      Map.of("Sec-WebSocket-Protocol", Profile.SUBPROTOCOL);

  /** A server that is full for longer is asked again when no other case has connections. */
  private static final long FULL_MS = 5_000;

  private final Target target;
  private final Surroundings around;
  private final String caseAddress;
  private final String unique;
  private final WireLog log = new WireLog();
  private final List<RawPeer> peers = new CopyOnWriteArrayList<>();
  private final Set<String> resuming = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Map<String, Resumption> resumptions = new ConcurrentHashMap<>();
  private final Http http;
  private boolean inResume;
  private volatile boolean waitedForRoom;
  private int named;

  /**
   * A bench for one case.
   *
   * @param unique a word of the session alphabet that no other case of this run has
   */
  Bench(Target target, Surroundings around, String caseAddress, String unique) {
    this.target = target;
    this.around = around;
    this.caseAddress = caseAddress;
    this.unique = unique;
    http = new Http(target, log, this::tokenOf);
  }

  /**
   * A bench for one look at a target, beside no case.
   *
   * @param name what the look is called; its session ids contain it
   */
  public static Bench alone(Target target, Pace pace, String name) {
    String unique = name + "-" + Long.toString(System.nanoTime() >>> 10, 36);
    return new Bench(target, Surroundings.of(pace), name, unique);
  }

  /**
   * From here on every connection speaks profile resume, for a script that was written for core.
   */
  public Bench inResume() {
    inResume = true;
    return this;
  }

  public WireLog log() {
    return log;
  }

  public Target target() {
    return target;
  }

  public Pace pace() {
    return around.pace();
  }

  /** Throws the first complaint about any frame of this run and profile that breaks a clause. */
  public void everyFrameFits(Profile profile, String clause) throws Finds {
    Profile spoken = inResume ? Profile.RESUME : profile;
    throwFirst(
        around.watch().about(spoken, clause),
        "every frame to be as " + clause + " has it (profile " + spoken.word() + ")");
  }

  /**
   * Goes on only where frames of a kind came to any case of this run and profile.
   *
   * @throws Unclear where none came though every server has to send them
   * @throws Inapplicable where none came and a server need not send them
   */
  public void sawFrames(Profile profile, FrameKind kind) throws Finds {
    if (!around.watch().saw(inResume ? Profile.RESUME : profile, kind)) {
      String why = "no case received " + kind.words();
      throw kind.isNeeded() ? new Unclear(why) : new Inapplicable(why);
    }
  }

  /** Throws the first terminal frame that came more than once, to this case or one that ended. */
  public void noTerminalTwice() throws Finds {
    List<Complaint> all = new ArrayList<>(around.watch().surplus());
    all.addAll(surplus());
    throwFirst(all, "one terminal frame for each message");
  }

  private static void throwFirst(List<Complaint> complaints, String expected) throws Mismatch {
    if (!complaints.isEmpty()) {
      Complaint first = complaints.get(0);
      String more = complaints.size() == 1 ? "" : " (and " + (complaints.size() - 1) + " more)";
      throw new Mismatch(expected, first + more + ", received by " + first.where());
    }
  }

  private List<Complaint> surplus() {
    return SurplusTerminals.in(caseAddress, log, target.dialect(), resuming);
  }

  /** How the target's agent answers a stimulus: tried out once a run. */
  public Rehearsal.Shape rehearsed(Stimulus kind) throws Finds, InterruptedException {
    return around.rehearsal().of(this, kind);
  }

  /** What else is known of the target's way of answering. */
  public Rehearsal rehearsal() {
    return around.rehearsal();
  }

  public Http http() {
    return http;
  }

  /** A session id that nobody has used. */
  public String session() {
    return (inResume ? "hr-" : "hf-") + unique + "-" + ++named;
  }

  /** What to say for an answer of this kind; the case declared its need of it. */
  public String stimulus(Stimulus kind) {
    String words = target.stimulus(kind);
    if (words == null) {
      throw new IllegalStateException("the case must declare that it needs " + kind.word());
    }
    return words;
  }

  public String plain() {
    return stimulus(Stimulus.PLAIN);
  }

  public String slow() {
    return stimulus(Stimulus.SLOW);
  }

  /** Connects to a fresh session and reads the greeting. */
  public Talk connect() throws Finds, InterruptedException {
    return connect(session());
  }

  /** Connects to a session and reads the greeting. */
  public Talk connect(String session) throws Finds, InterruptedException {
    Talk talk = open("?session_id=" + session);
    talk.greeting();
    return talk;
  }

  /** Connects without reading anything; {@code query} begins with a question mark or is empty. */
  public Talk open(String query) throws Finds {
    return open(query, Map.of());
  }

  public Talk open(String query, Map<String, String> headers) throws Finds {
    try {
      Talk talk = admitted(query, headers);
      if (inResume) {
        talk.resumes(resumption(query));
      }
      return talk;
    } catch (Refused e) {
      throw Mismatch.absence("the handshake to succeed", "HTTP " + e.status() + " " + e.body());
    }
  }

  /** How a handshake is refused; null when it is not. */
  public @Nullable Refused refusal(String query, Map<String, String> headers) throws Finds {
    try {
      admitted(query, headers).peer().close();
      return null;
    } catch (Refused e) {
      return e;
    }
  }

  /** What the client of a session remembers; one without a name is met once. */
  private Resumption resumption(String query) {
    String session = sessionIn(query);
    return session.isEmpty()
        ? new Resumption()
        : resumptions.computeIfAbsent(session, s -> new Resumption());
  }

  private static String sessionIn(String query) {
    return query.replaceFirst("^\\?session_id=([^&]*).*|.*", "$1");
  }

  private @Nullable String tokenOf(String session) {
    Resumption resumption = resumptions.get(session);
    return resumption == null ? null : resumption.token();
  }

  /** Tries a handshake that should be refused with this status and, where named, this code. */
  public Refused refused(String query, Map<String, String> headers, int status, String code)
      throws Finds {
    Refused refused;
    try {
      boolean asIfFull = status == 429 || status == 503;
      Talk talk = asIfFull ? dial(query, headers) : admitted(query, headers);
      talk.peer().close();
      throw new Mismatch("the handshake to be refused", "101 Switching Protocols");
    } catch (Refused e) {
      refused = e;
    }
    if (refused.status() != status) {
      throw new Mismatch("HTTP " + status, "HTTP " + refused.status() + " " + refused.body());
    }
    var body = Json.readOrNull(refused.body());
    if (!code.isEmpty() && (body == null || !body.path("code").asText().equals(code))) {
      throw new Mismatch("a JSON body with code " + code, refused.body());
    }
    return refused;
  }

  /** Dials, and again when a server is full and says when to come again, as its clients must. */
  private Talk admitted(String query, Map<String, String> headers) throws Finds, Refused {
    long until = System.nanoTime() + FULL_MS * 1_000_000;
    while (true) {
      try {
        return dial(query, headers);
      } catch (Refused e) {
        long againMs = e.fullForMs();
        if (againMs < 0) {
          throw e;
        }
        if (System.nanoTime() + againMs * 1_000_000 > until) {
          throw Unclear.full(
              "the server is full, and says so: HTTP " + e.status() + " " + e.body(), peers.size());
        }
        comesAgain(againMs);
      }
    }
  }

  /** Whether the server had no room for a connection of this case at once. */
  boolean waitedForRoom() {
    return waitedForRoom;
  }

  private void comesAgain(long afterMs) throws Unclear {
    waitedForRoom = true;
    try {
      pause(afterMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unclear("interrupted while the server was full");
    }
  }

  private Talk dial(String query, Map<String, String> asked) throws Finds, Refused {
    Map<String, String> headers = new HashMap<>(asked);
    if (inResume) {
      headers.putAll(RESUME);
    }
    String name = "c" + (peers.size() + 1);
    Profile profile = headers.containsKey("Sec-WebSocket-Protocol") ? Profile.RESUME : Profile.CORE;
    if (profile == Profile.RESUME) {
      resuming.add(name);
    }
    try {
      RawPeer peer =
          RawPeer.connect(
              at(query),
              name,
              log,
              headers,
              target.access(),
              frame -> arrived(name, profile, frame));
      peers.add(peer);
      return new Talk(peer, target.dialect(), pace());
    } catch (RawPeer.Unreached e) {
      throw new Unclear("nothing is listening at " + target.url() + ": " + e.getMessage());
    } catch (SocketTimeoutException e) {
      throw Mismatch.absence("an answer to the handshake within 5 s", what(e));
    } catch (IOException e) {
      throw Mismatch.absence("an answer to the handshake as RFC 6455 has it", what(e));
    }
  }

  private Event.Text arrived(String peer, Profile profile, Event.Text frame) {
    Event.Text ours =
        target.dialect().isNone() ? frame : frame.reading(target.dialect().ours(frame.json()));
    around.watch().saw(caseAddress + " on connection " + peer, profile, ours);
    return ours;
  }

  private static String what(IOException e) {
    return e instanceof EOFException ? "the connection ended" : String.valueOf(e.getMessage());
  }

  private URI at(String query) {
    return URI.create(target.url() + query);
  }

  /** Starts the target anew. */
  public void restart(Map<String, String> environment) throws Finds, InterruptedException {
    Target.@Nullable Restart restart = target.restart();
    if (restart == null) {
      throw new IllegalStateException("the case must declare that it needs a fresh process");
    }
    try {
      restart.now(environment);
    } catch (IOException e) {
      throw new Unclear("the target did not start again: " + e.getMessage());
    }
  }

  /** Lets the target go on by itself for a while. */
  public void pause(long ms) throws InterruptedException {
    Thread.sleep(ms);
  }

  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      around.watch().surplus(surplus());
    }
    peers.forEach(RawPeer::close);
    http.close();
  }
}
