package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Case.Turn;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Section isolation: what one session does is no other's concern, nor that of /health. */
final class IsolationCases {
  /** Of each family of bad frames the one that has felled most servers. */
  private static final Set<String> FELLING =
      Set.of(
          "words",
          "empty",
          "long-garbage",
          "deep-arrays",
          "null",
          "type-null",
          "data-text",
          "binary",
          "bad-utf8",
          "reserved-opcode",
          "not-masked",
          "long-ping");

  /** A run that ends so soon after a request does not show which of them waited. */
  private static final long LONG_BEFORE_MS = 300;

  static final List<Case> ALL = all();

  private IsolationCases() {}

  private static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (BadFrame bad : BadFrame.ALL) {
      if (FELLING.contains(bad.name())) {
        cases.add(badPeer(bad));
        cases.add(healthThroughout(bad));
      }
    }
    for (Ending ending : Ending.values()) {
      cases.add(
          dying(
              ending.word(),
              "A failed write to a dead socket stops the loop that serves everybody.",
              "a connection ended by " + ending.word() + " with a message unanswered",
              b -> dies(b, ending)));
    }
    cases.add(
        dying(
            "twenty-at-once",
            "Each dead connection costs a thread, or a lock, until a timeout.",
            "twenty connections were cut with a message unanswered",
            IsolationCases::manyDie));
    cases.add(
        dying(
            "half-a-handshake",
            "A frame that never ends holds the loop that reads.",
            "a connection ended behind the first byte of a frame",
            IsolationCases::diesInAFrame));
    cases.add(healthInARun());
    cases.addAll(crossTalk());
    return List.copyOf(cases);
  }

  /** Something that a peer does to its own connection. */
  private interface Misdeed {
    void by(Bench b) throws Finds, InterruptedException;
  }

  private static Case badPeer(BadFrame bad) {
    return one(
            "isolation/bad-peer-harms-no-other-session",
            bad.name(),
            "One receive loop, or one lock, serves everybody.")
        .given(
            "one session sent " + bad.name() + " while another, answered before, had said more",
            b -> besides(b, peer -> bad.send(peer.connect())))
        .then(IsolationCases::isServed);
  }

  private static Case dying(String word, String cause, String sentence, Misdeed death) {
    return one("isolation/dying-connection-harms-no-other-session", word, cause)
        .given(
            sentence + " while another session, answered before, had said more",
            b -> besides(b, death))
        .then(IsolationCases::isServed);
  }

  /** A session that was served, and has a message unanswered while another one does something. */
  private static Talk besides(Bench b, Misdeed misdeed) throws Finds, InterruptedException {
    Talk good = b.connect();
    isAnswered(b, good);
    good.says(b.plain());
    misdeed.by(b);
    return good;
  }

  /** One who was there before and one who comes after are served. */
  private static void isServed(Bench b, Talk good) throws Finds, InterruptedException {
    good.terminal();
    isAnswered(b, good);
    isAnswered(b, b.connect());
  }

  private static void isAnswered(Bench b, Talk talk) throws Finds, InterruptedException {
    talk.says(b.plain());
    talk.terminal();
  }

  private static void dies(Bench b, Ending how) throws Finds, InterruptedException {
    Talk dying = b.connect();
    dying.says(b.plain());
    dying.ends(how);
  }

  private static void manyDie(Bench b) throws Finds, InterruptedException {
    List<Talk> dying = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      dying.add(b.connect());
    }
    for (Talk talk : dying) {
      talk.says(b.plain());
      talk.cut();
    }
  }

  private static void diesInAFrame(Bench b) throws Finds, InterruptedException {
    Talk dying = b.connect();
    dying.sendsRaw(() -> dying.peer().raw(new byte[] {(byte) 0x81}));
    dying.ends(Ending.FIN);
  }

  private static Case healthThroughout(BadFrame bad) {
    return one(
            "isolation/health-answers-throughout",
            bad.name(),
            "An uncaught error ends the thread, or the process, that serves all sessions.",
            Need.HEALTH)
        .given(
            "/health answered 200 before a session sent " + bad.name(),
            b -> {
              Talk peer = b.connect();
              isHealthy(b);
              bad.send(peer);
              return peer;
            })
        .then((b, peer) -> {
          isHealthy(b);
          b.pause(b.pace().aftermathMs() / 3);
          isHealthy(b);
        });
  }

  private static void isHealthy(Bench b) throws Finds, InterruptedException {
    int status = b.http().get("/health").statusCode();
    if (status != 200) {
      throw new Mismatch("GET /health to answer 200", "HTTP " + status);
    }
  }

  private static Case healthInARun() {
    return Case.of(
            "isolation/health-answers-throughout",
            "The agent's work blocks the thread that answers HTTP.",
            Need.HEALTH,
            Need.SLOW_ANSWER)
        .given(
            "/health, which had answered 200, was asked long before the end of a run",
            IsolationCases::askedInARun)
        .then((b, asked) -> {
          int status = asked.health.get().statusCode();
          if (status != 200) {
            throw new Mismatch("GET /health to answer 200", "HTTP " + status);
          }
          if (asked.health.answeredMs() >= asked.endMs) {
            throw Mismatch.absence(
                "/health to answer during the run", "its answer came after the run");
          }
        });
  }

  /**
   * A request for /health that was sent during a run.
   *
   * @param endMs when the run ended
   */
  private record Asked(Http.Pending health, long endMs) {}

  private static Asked askedInARun(Bench b) throws Finds, InterruptedException {
    isHealthy(b);
    InARun run = InARun.begun(b, b.session());
    Http.Pending health = b.http().send("GET", "/health", "");
    long askedMs = b.log().nowMs();
    Event.Text end = run.talk().expect("the end of the run", Event.Text::isEnd, run.endsWithinMs());
    if (end.atMs() - askedMs < LONG_BEFORE_MS) {
      throw new Unclear(
          String.format(
              Locale.ROOT, "the run ended %d ms after the request", end.atMs() - askedMs));
    }
    return new Asked(health, end.atMs());
  }

  private static List<Case> crossTalk() {
    return List.of(
        Case.of(
                "isolation/frames-stay-in-their-session",
                "Frames are broadcast, or sessions share a variable.")
            .given("one of two sessions asked for a run, whose frames came", IsolationCases::apart)
            .then(IsolationCases::isNone),
        one(
                "isolation/frames-stay-in-their-session",
                "similar-ids",
                "Sessions are looked up by a prefix, or without regard to case.")
            .given(
                "one of three sessions with similar ids asked for a run, whose frames came",
                IsolationCases::similar)
            .then(IsolationCases::isNone),
        one(
                "isolation/frames-stay-in-their-session",
                "two-at-once",
                "Sessions share a variable that the latest message sets.",
                Need.SLOW_ANSWER)
            .given(
                "a session was answered while a run of another session was in progress",
                IsolationCases::crossed)
            .then((b, crossed) -> crossed.isApart())
            .at(Turn.LOADING));
  }

  /**
   * What came of a message in each of two sessions.
   *
   * @param ended whether the earlier session got the end of its run
   * @param ends the terminal frames that came to the later session
   */
  private record Crossed(boolean ended, List<Event.Text> ends) {
    void isApart() throws Mismatch {
      if (!ended && ends.size() > 1) {
        throw new Mismatch(
            "the answer in the session that asked for it",
            "none there, and one more in another session: " + Talk.describe(ends.get(1)));
      }
    }
  }

  private static Crossed crossed(Bench b) throws Finds, InterruptedException {
    InARun run = InARun.begun(b, b.session());
    Talk later = b.connect();
    later.says(b.plain());
    Event.Text own = later.terminal();
    boolean ended = isEnded(run);
    List<Event.Text> ends = new ArrayList<>(List.of(own));
    ofRuns(later, b.pace().aftermathMs()).stream().filter(Event.Text::isEnd).forEach(ends::add);
    if (!ended && ends.size() == 1) {
      throw new Unclear("no end of the earlier run came to either session");
    }
    return new Crossed(ended, ends);
  }

  private static List<Event.Text> apart(Bench b) throws Finds, InterruptedException {
    refuseUnasked(b);
    Talk asking = b.connect();
    List<Talk> others = List.of(b.connect());
    asking.says(b.plain());
    return strayed(b, asking, others);
  }

  /**
   * The others come after the message: whoever takes them for the asking one sends them its run.
   */
  private static List<Event.Text> similar(Bench b) throws Finds, InterruptedException {
    refuseUnasked(b);
    String stem = b.session() + "-";
    Talk asking = b.connect(stem + "aB");
    String slow = b.target().stimulus(Stimulus.SLOW);
    asking.says(slow == null ? b.plain() : slow);
    return strayed(b, asking, List.of(b.connect(stem + "a"), b.connect(stem + "Ab")));
  }

  /** Where a session gets frames that it did not ask for, frames do not show whose they are. */
  private static void refuseUnasked(Bench b) throws Finds, InterruptedException {
    if (!ofRuns(b.connect(), b.pace().aftermathMs()).isEmpty()) {
      throw new Unclear("a session gets frames of runs that it did not ask for");
    }
  }

  /**
   * What of a run came to sessions that had not asked for one.
   *
   * @throws Unclear when no end of the run came anywhere
   */
  private static List<Event.Text> strayed(Bench b, Talk asking, List<Talk> others)
      throws Finds, InterruptedException {
    boolean ended = reachesAnEnd(asking);
    List<Event.Text> strayed = new ArrayList<>();
    for (Talk other : others) {
      strayed.addAll(ofRuns(other, b.pace().aftermathMs()));
    }
    if (!ended && strayed.isEmpty()) {
      throw new Unclear("no end of the run came to any session");
    }
    return strayed;
  }

  private static boolean isEnded(InARun run) throws InterruptedException {
    return run.talk().nextOf(Event.Text::isEnd, run.endsWithinMs()) instanceof Event.Text;
  }

  private static boolean reachesAnEnd(Talk talk) throws Finds, InterruptedException {
    try {
      talk.terminal();
      return true;
    } catch (Mismatch e) {
      return false;
    }
  }

  private static List<Event.Text> ofRuns(Talk talk, long withinMs) throws InterruptedException {
    List<Event.Text> frames = new ArrayList<>();
    Event next = talk.next(withinMs);
    while (next instanceof Event.Text text) {
      if (text.isOfRun() || text.isEnd()) {
        frames.add(text);
      }
      next = talk.next(withinMs);
    }
    return frames;
  }

  private static void isNone(Bench b, List<Event.Text> strayed) throws Mismatch {
    if (!strayed.isEmpty()) {
      throw new Mismatch("no frame of another session", Talk.describe(strayed.get(0)));
    }
  }
}
