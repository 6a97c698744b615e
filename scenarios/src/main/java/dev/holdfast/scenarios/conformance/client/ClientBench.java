package dev.holdfast.scenarios.conformance.client;

import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Doorway;
import dev.holdfast.scenarios.conformance.wire.Doorway.HttpAsk;
import dev.holdfast.scenarios.conformance.wire.Doorway.HttpSay;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Visitor;
import dev.holdfast.scenarios.conformance.wire.WireLog;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the script of one case has in its hands: the client, a server that obeys, a log. */
public final class ClientBench implements AutoCloseable {
  /** Starting is work: more at one time than there are processors only make each of them late. */
  private static final Semaphore STARTS =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));

  private static final long LAST_WORDS_MS = 100;
  private static final int SHOWN_LINES = 5;
  private static final long GLANCE_MS = 50;
  private static final long GAVE_UP_MS = 300;

  private final ClientCase one;
  private final Adapter adapter;
  private final Ready ready;
  private final boolean slow;
  private final Conversation talk;
  private final Pace pace;
  private final long patienceMs;
  private final WireLog log = new WireLog();
  private final Doorway door;
  private final List<UnderTest> clients = new CopyOnWriteArrayList<>();
  private final List<Visit> visits = new ArrayList<>();
  private volatile Function<HttpAsk, HttpSay> site = ask -> new HttpSay(404, "{}");

  /** A bench for one case; nothing is started yet. */
  ClientBench(
      ClientCase one, Adapter adapter, Ready ready, String session, ClientCheck.Options options)
      throws IOException {
    this.one = one;
    this.adapter = adapter;
    this.ready = ready;
    slow = options.slow();
    patienceMs = options.patienceMs();
    talk = new Conversation(ready.profile(), session);
    pace = Pace.of(one.wishes(), ready);
    door = Doorway.open(log, ask -> site.apply(ask));
  }

  /** Starts a client; it connects by itself. */
  UnderTest start() throws Finds, InterruptedException {
    STARTS.acquire();
    try {
      return started();
    } finally {
      STARTS.release();
    }
  }

  private UnderTest started() throws Finds, InterruptedException {
    UnderTest client;
    try {
      client = new UnderTest(adapter, environment(), log);
    } catch (IOException e) {
      throw new Unclear("the command of the client could not be started: " + e.getMessage());
    }
    clients.add(client);
    if (client.awaitReady() == null) {
      Integer exit = client.exit();
      if (exit != null && exit == Adapter.UNSUPPORTED) {
        throw new Unclear("the client says that it does not support this case");
      }
      throw Mismatch.absence(
          "ready within " + UnderTest.READY_MS / 1_000 + " s", String.join("; ", why(client)));
    }
    return client;
  }

  private static List<String> why(UnderTest client) {
    return client.complaints().isEmpty()
        ? List.of("it printed no JSON within " + UnderTest.READY_MS / 1_000 + " s")
        : client.complaints();
  }

  private Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    variables.put("HOLDFAST_URL", door.url().toString());
    variables.put("HOLDFAST_SESSION_ID", talk.session);
    variables.put("HOLDFAST_CASE", one.address());
    one.wishes()
        .forEach((setting, value) -> variables.put(setting.variable(), Long.toString(value)));
    return variables;
  }

  /** The client of the case. */
  public UnderTest client() {
    return clients.getFirst();
  }

  Ready ready() {
    return ready;
  }

  /** Lets the client go on by itself, for longer than is usual only where that was asked for. */
  void rest(long ms) throws Finds, Unsupported, InterruptedException {
    if (ms > ClientCheck.SLOW_MS && !slow) {
      throw new Unsupported("needs --slow, for it waits " + ms / 1_000 + " s");
    }
    client().rest(ms);
  }

  public Conversation talk() {
    return talk;
  }

  public Pace pace() {
    return pace;
  }

  public long patienceMs() {
    return patienceMs;
  }

  public Doorway door() {
    return door;
  }

  public WireLog log() {
    return log;
  }

  /** What HTTP requests get; otherwise they get 404. */
  void site(Function<HttpAsk, HttpSay> other) {
    site = other;
  }

  /** The next connection attempt, which may take as long as the first delay. */
  Visit visit() throws Finds, InterruptedException {
    return visit(1);
  }

  /** The next connection attempt, the {@code nth} in a row since the last that succeeded. */
  Visit visit(int nth) throws Finds, InterruptedException {
    return visitWithin(pace.mostMs(nth) + patienceMs);
  }

  Visit visitWithin(long ms) throws Finds, InterruptedException {
    Visitor visitor = door.next(ms);
    if (visitor == null) {
      throw Mismatch.absence("a connection attempt within " + ms + " ms", "none; " + states());
    }
    return take(visitor);
  }

  /** The next attempt; null when the client says that it gave up, or makes none in time. */
  @Nullable Visitor nextUnlessGivenUp(long withinMs) throws InterruptedException {
    long until = log.nowMs() + withinMs;
    long gaveUpMs = Long.MAX_VALUE;
    Visitor visitor = door.next(GLANCE_MS);
    while (visitor == null && log.nowMs() < Math.min(until, gaveUpMs)) {
      // Some clients report each loss as disconnected before they report that they reconnect.
      boolean now = client().gaveUp();
      gaveUpMs = now ? Math.min(gaveUpMs, log.nowMs() + pace.mostMs(1) + GAVE_UP_MS) : until;
      visitor = door.next(GLANCE_MS);
    }
    return visitor;
  }

  /** Asks for a client that makes so many attempts after a loss. */
  void triesAtLeast(int attempts) throws Unsupported {
    if (pace.attempts() < attempts) {
      throw new Unsupported(
          String.format(
              Locale.ROOT,
              "needs %d attempts after a loss, and the client declares %d",
              attempts,
              pace.attempts()));
    }
  }

  /** Listens again, on the port that the client knows. */
  void reopen() throws Finds, InterruptedException, IOException {
    try {
      door.reopen();
    } catch (BindException e) {
      throw new Unclear("another program took the port of the server while it was away");
    }
  }

  /** Asks for a client that may make another attempt after those that found nothing listening. */
  void hasAttemptsLeft() throws Unsupported {
    if (client().reported("reconnecting") >= pace.attempts()) {
      throw new Unsupported("the client made all its attempts while nothing listened");
    }
  }

  private Visit take(Visitor visitor) {
    Visit visit = new Visit(visitor, talk, pace, patienceMs);
    visits.add(visit);
    return visit;
  }

  /** Greets a connection that came unexpectedly. */
  Visit greet(Visitor visitor) throws Finds, InterruptedException {
    return take(visitor).greet();
  }

  private String states() {
    return clients.isEmpty() ? "" : client().states();
  }

  /** The next connection, with handshake and greeting done. */
  Visit greeted() throws Finds, InterruptedException {
    return visit().greet();
  }

  /** No connection attempt may come for so long. */
  void nobodyComes(long forMs) throws Finds, InterruptedException {
    Visitor visitor = door.next(forMs);
    if (visitor != null) {
      throw new Mismatch(
          "no further connection attempt",
          "connection attempt " + visitor.name() + "; " + states());
    }
  }

  /** Everything that the client sent on any connection, in order. */
  List<Event.Text> texts() {
    return visits.stream().flatMap(v -> v.texts().stream()).toList();
  }

  /** Something said by the server must come to the application, once. */
  void isShown(Visit visit, String marker) throws Finds, InterruptedException {
    visit.says(marker);
    client().expect("the delivery of " + marker, t -> t.shows(marker), patienceMs);
  }

  static Mismatch mismatch(String expected, Object seen) {
    return new Mismatch(expected, seen.toString());
  }

  /** Fails by something that did not come, or came late. */
  static void requireCame(boolean holds, String expected, Object seen) throws Mismatch {
    if (!holds) {
      throw Mismatch.absence(expected, seen.toString());
    }
  }

  static void require(boolean holds, String expected, Object seen) throws Mismatch {
    if (!holds) {
      throw mismatch(expected, seen);
    }
  }

  static String describe(@Nullable Event event) {
    return switch (event) {
      case null -> "nothing";
      case Event.Text t -> t.text().length() > 300 ? t.text().substring(0, 300) + "…" : t.text();
      case Event.Binary b -> "a binary frame of " + b.bytes() + " bytes";
      case Event.Closed c -> "close " + c.code() + (c.reason().isEmpty() ? "" : " " + c.reason());
    };
  }

  /** Lets the clients leave; what is wrong with them is among their complaints then. */
  void leave() throws InterruptedException {
    for (UnderTest client : clients) {
      client.leave();
    }
  }

  /** A client that crashed is seen to have ended a moment after its connection did. */
  void awaitLastWords() throws InterruptedException {
    for (UnderTest client : clients) {
      client.awaitExit(LAST_WORDS_MS);
    }
  }

  /** What is wrong with the clients so far. */
  List<String> complaints() {
    return clients.stream().flatMap(c -> c.complaints().stream()).toList();
  }

  /** Whether all that is wrong with the clients is that one took long to exit. */
  boolean isOnlyLate() {
    return clients.stream().allMatch(UnderTest::isOnlyLate);
  }

  /** The end of what the clients wrote to standard error, in a sentence. */
  String lastWords() {
    List<String> lines = clients.stream().flatMap(c -> c.standardError().stream()).toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
    return lines.isEmpty()
        ? "its standard error is empty"
        : "its standard error ends with: " + String.join(" / ", last);
  }

  /** What a client that never connected wrote to standard error, after a semicolon. */
  String whyNeverConnected() {
    boolean silent = clients.stream().allMatch(c -> c.standardError().isEmpty());
    return door.visits() > 0 || silent ? "" : "; " + lastWords();
  }

  /** Whether a client ended by itself because it does not support the case. */
  boolean declined() {
    return clients.stream().anyMatch(c -> Integer.valueOf(Adapter.UNSUPPORTED).equals(c.exit()));
  }

  @Override
  public void close() {
    clients.forEach(UnderTest::close);
    door.close();
  }
}
