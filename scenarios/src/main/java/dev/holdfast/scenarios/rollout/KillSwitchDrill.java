package dev.holdfast.scenarios.rollout;

import dev.holdfast.client.ClientOptions;
import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.scenarios.check.Checker.Judged;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.History;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The rollback drill: people are in the middle of a conversation when the WebSocket is turned off;
 * they go on over HTTP, and come back when it is on again. Others, who have HTTP only, ask the same
 * before, meanwhile and afterwards.
 */
public final class KillSwitchDrill {
  /** How the people of a drill come back. */
  public static final Backoff QUICK = new Backoff(20, 200, 20, 60);

  /**
   * How long the server should let runs go on when it is turned off: shorter than the one that
   * everybody is in the middle of, so that each has to be asked for again over HTTP.
   */
  public static final long DRAIN_MS = 100;

  private static final long RECHECK_MS = 100;
  private static final int ON_HTTP_ONLY = 2;

  private static final String BEFORE = "before";
  private static final String CUT = "#agent slow_ms=1500 tools=2 tokens=10\nwhile it is turned off";
  private static final String MEANWHILE = "over HTTP";
  private static final String AFTER = "after";
  private static final List<String> ALL = List.of(BEFORE, MEANWHILE, AFTER);

  /** What is judged of the histories. */
  private static final List<String> JUDGES =
      List.of("no_loss", "no_duplicate", "in_order", "one_terminal");

  /** Turns the WebSocket off and on. */
  @FunctionalInterface
  public interface Switch {
    void enabled(boolean enabled) throws IOException, InterruptedException;
  }

  /**
   * How it went.
   *
   * @param judged what each checker says of the whole conversation
   * @param stranded people who did not go on over HTTP
   * @param lost people who did not come back to the WebSocket
   * @param uncut people whose run was over before the WebSocket was gone: of them it shows little
   * @param unproven why the premise is not proven, so that nothing may be concluded; empty if it is
   * @param differing the first question that got another answer over HTTP; empty if none did
   */
  public record Outcome(
      Map<String, Judged> judged,
      List<String> stranded,
      List<String> lost,
      List<String> uncut,
      String unproven,
      String differing,
      List<HistoryRecord> records) {}

  private final URI ws;
  private final URI http;
  private final Profile profile;
  private final long patienceMs;

  /**
   * A drill for one server.
   *
   * @param patienceMs how long all people together may take for each step
   */
  public KillSwitchDrill(URI ws, URI http, Profile profile, long patienceMs) {
    this.ws = ws;
    this.http = http;
    this.profile = profile;
    this.patienceMs = patienceMs;
  }

  /** Plays it with so many people; the switch is on when it begins and when it ends. */
  public Outcome play(int people, Switch flag, String name, long seed)
      throws IOException, InterruptedException {
    Map<String, DrillPerson> crowd = new LinkedHashMap<>();
    List<HttpPerson> others = new ArrayList<>();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int i = 0; i < people; i++) {
        crowd.put(name + i, person(name + i, seed + i));
      }
      for (int i = 0; i < ON_HTTP_ONLY; i++) {
        String who = profile.word() + "-" + name + "-http-" + i;
        others.add(new HttpPerson(who, client, http, patienceMs));
      }
      return drill(crowd, others, flag);
    } finally {
      others.forEach(HttpPerson::leave);
      crowd.values().forEach(DrillPerson::close);
      flag.enabled(true);
    }
  }

  private Outcome drill(Map<String, DrillPerson> crowd, List<HttpPerson> others, Switch flag)
      throws IOException, InterruptedException {
    String unproven = begin(crowd, others);
    List<CompletableFuture<String>> underWay = new ArrayList<>();
    for (HttpPerson other : others) {
      underWay.add(other.say(CUT));
    }
    flag.enabled(false);
    for (DrillPerson each : crowd.values()) {
      each.say(MEANWHILE);
    }
    for (int i = 0; i < others.size(); i++) {
      others.get(i).keep(CUT, "as it was turned off", underWay.get(i));
      others.get(i).sayAll(ALL, "while it was off");
    }
    settle(crowd);
    List<String> stranded = named(crowd, each -> each.posts() == 0);
    List<String> uncut = named(crowd, each -> !each.posted(CUT));
    List<String> lost = comeBack(crowd, flag);
    for (HttpPerson other : others) {
      other.sayAll(ALL, "when it was on again");
    }
    settle(crowd);
    return outcome(crowd, others, stranded, lost, uncut, unproven);
  }

  /**
   * Everybody talks, and each begins a run.
   *
   * @return why it is not proven that a user is in a run and another was answered over HTTP; empty
   *     where it is
   */
  private String begin(Map<String, DrillPerson> crowd, List<HttpPerson> others)
      throws InterruptedException {
    Patience patience = new Patience(patienceMs);
    for (DrillPerson each : crowd.values()) {
      each.connect();
      each.say(BEFORE);
      each.awaitSettled(patience.leftMs());
    }
    for (HttpPerson other : others) {
      other.sayAll(ALL, "while it was on");
    }
    for (DrillPerson each : crowd.values()) {
      each.say(CUT);
    }
    int inRun = 0;
    for (DrillPerson each : crowd.values()) {
      inRun += each.awaitBegun(patience.leftMs()) ? 1 : 0;
    }
    if (inRun == 0) {
      return "no user was in a run when WebSockets were switched off";
    }
    return others.stream().noneMatch(HttpPerson::wasAnswered)
        ? "no user was answered over HTTP before WebSockets were switched off"
        : "";
  }

  /** Turns it on; those who did not come back to the socket. */
  private List<String> comeBack(Map<String, DrillPerson> crowd, Switch flag)
      throws IOException, InterruptedException {
    Map<String, Integer> heard = new LinkedHashMap<>();
    crowd.forEach((who, each) -> heard.put(who, each.heard()));
    flag.enabled(true);
    Patience patience = new Patience(patienceMs);
    List<String> lost = new ArrayList<>();
    for (Map.Entry<String, DrillPerson> each : crowd.entrySet()) {
      if (!each.getValue().awaitMoreThan(heard.getOrDefault(each.getKey(), 0), patience.leftMs())) {
        lost.add(each.getKey());
      }
      each.getValue().say(AFTER);
    }
    return lost;
  }

  private DrillPerson person(String who, long seed) {
    ClientConfig config = profile == Profile.RESUME ? ClientConfig.RESUME : ClientConfig.CORE;
    return new DrillPerson(
        ClientOptions.of(who, ws)
            .withSession("drill-" + profile.word() + "-" + who)
            .withHttp(http)
            .with(config.withBackoff(QUICK).withTransport(true, RECHECK_MS))
            .withSeed(seed));
  }

  private void settle(Map<String, DrillPerson> crowd) throws InterruptedException {
    Patience patience = new Patience(patienceMs);
    for (DrillPerson each : crowd.values()) {
      each.awaitSettled(patience.leftMs());
    }
  }

  /** One time that several waits share. */
  private static final class Patience {
    private final long untilNanos;

    Patience(long ms) {
      untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
    }

    long leftMs() {
      return Math.max(0, TimeUnit.NANOSECONDS.toMillis(untilNanos - System.nanoTime()));
    }
  }

  private static List<String> named(
      Map<String, DrillPerson> crowd, java.util.function.Predicate<DrillPerson> which) {
    return crowd.entrySet().stream()
        .filter(entry -> which.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Outcome outcome(
      Map<String, DrillPerson> crowd,
      List<HttpPerson> others,
      List<String> stranded,
      List<String> lost,
      List<String> uncut,
      String unproven) {
    List<HistoryRecord> records =
        crowd.values().stream().flatMap(each -> each.records().stream()).toList();
    History history = new History(records, profile, QUICK);
    Map<String, Judged> judged = new LinkedHashMap<>();
    for (String judge : JUDGES) {
      judged.put(judge, Checkers.named(judge).judge(history));
    }
    String differing = differing(crowd, others);
    return new Outcome(judged, stranded, lost, uncut, unproven, differing, records);
  }

  private static String differing(Map<String, DrillPerson> crowd, List<HttpPerson> others) {
    Stream<String> alone = others.stream().map(HttpPerson::differing);
    Stream<String> beside =
        others.stream()
            .flatMap(
                other -> crowd.values().stream().map(each -> other.differingFrom(each.answers())));
    return Stream.concat(alone, beside).filter(text -> !text.isEmpty()).findFirst().orElse("");
  }
}
