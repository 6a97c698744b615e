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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The rollback drill: people are in the middle of a conversation when the WebSocket is turned off;
 * they go on over HTTP, and come back when it is on again.
 */
public final class KillSwitchDrill {
  /** How the people of a drill come back. */
  public static final Backoff QUICK = new Backoff(20, 200, 20, 60);

  private static final long RECHECK_MS = 100;

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
   * @param differing the first question that got another answer over HTTP; empty if none did
   */
  public record Outcome(
      Map<String, Judged> judged,
      List<String> stranded,
      List<String> lost,
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
    try {
      for (int i = 0; i < people; i++) {
        crowd.put(name + i, person(name + i, seed + i));
      }
      return drill(crowd, flag, name);
    } finally {
      crowd.values().forEach(DrillPerson::close);
      flag.enabled(true);
    }
  }

  private Outcome drill(Map<String, DrillPerson> crowd, Switch flag, String name)
      throws IOException, InterruptedException {
    for (DrillPerson each : crowd.values()) {
      each.connect();
      each.say("before");
      each.awaitSettled(patienceMs);
      each.say("#agent slow_ms=200 tools=2 tokens=10\nwhile it is turned off");
    }
    flag.enabled(false);
    for (DrillPerson each : crowd.values()) {
      each.say("over HTTP");
    }
    settle(crowd);
    List<String> stranded = named(crowd, each -> each.posts() == 0);
    Map<String, String> onHttp = answersOnHttp(name);
    Map<String, Integer> heard = new LinkedHashMap<>();
    crowd.forEach((who, each) -> heard.put(who, each.heard()));
    flag.enabled(true);
    Patience patience = new Patience(patienceMs);
    List<String> lost = new ArrayList<>();
    for (Map.Entry<String, DrillPerson> each : crowd.entrySet()) {
      if (!each.getValue().awaitMoreThan(heard.getOrDefault(each.getKey(), 0), patience.leftMs())) {
        lost.add(each.getKey());
      }
      each.getValue().say("after");
    }
    settle(crowd);
    return outcome(crowd, stranded, lost, onHttp);
  }

  /** What somebody is answered who has HTTP only. */
  private Map<String, String> answersOnHttp(String name) throws InterruptedException {
    try (DrillPerson only = person(name + "-http", 0)) {
      only.connect();
      only.say("before");
      only.say("over HTTP");
      only.awaitSettled(patienceMs);
      return only.answers();
    }
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
      List<String> stranded,
      List<String> lost,
      Map<String, String> onHttp) {
    List<HistoryRecord> records =
        crowd.values().stream().flatMap(each -> each.records().stream()).toList();
    History history = new History(records, profile, QUICK);
    Map<String, Judged> judged = new LinkedHashMap<>();
    for (String judge : JUDGES) {
      judged.put(judge, Checkers.named(judge).judge(history));
    }
    String differing =
        crowd.values().stream()
            .map(each -> difference(each.answers(), onHttp))
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    return new Outcome(judged, stranded, lost, differing, records);
  }

  private static String difference(Map<String, String> one, Map<String, String> other) {
    for (Map.Entry<String, String> asked : other.entrySet()) {
      String answer = one.get(asked.getKey());
      if (!asked.getValue().equals(answer)) {
        return "'%s' is answered '%s' over HTTP alone, and '%s' otherwise"
            .formatted(asked.getKey(), asked.getValue(), answer);
      }
    }
    return "";
  }
}
