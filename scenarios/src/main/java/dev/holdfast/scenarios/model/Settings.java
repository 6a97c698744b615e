package dev.holdfast.scenarios.model;

import dev.holdfast.client.persona.Action;
import dev.holdfast.client.persona.Expectation;
import dev.holdfast.client.persona.PersonScript;
import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a scenario means for one target: its options as a client's settings, its words as said. */
public final class Settings {
  /** A text that begins so names a stimulus of the target: {@code $slow}. */
  private static final String STIMULUS = "$";

  /** How often a client on HTTP asks whether sockets are on again. */
  private static final long RECHECK_MS = 200;

  private Settings() {}

  /** The target did not declare what a scenario needs, or the way it answers excludes it. */
  public static final class Unmet extends Exception {
    private static final long serialVersionUID = 1L;

    private final String need;

    Unmet(String need) {
      super(need);
      this.need = need;
    }

    /** What would have to be otherwise. */
    public String need() {
      return need;
    }
  }

  public static ClientConfig client(Options o, Profile profile) {
    ClientConfig resume =
        o.get(Options.TOGETHER, 0) == 0 ? ClientConfig.RESUME : ClientConfig.TOGETHER;
    ClientConfig config = profile == Profile.CORE ? ClientConfig.CORE : resume;
    Backoff standard = config.backoff();
    long base = o.get(Options.RECONNECT_BASE_MS, standard.baseMs());
    ClientConfig set =
        config.withBackoff(
            new Backoff(
                base,
                Math.max(base, o.get(Options.RECONNECT_CAP_MS, standard.capMs())),
                o.get(Options.RECONNECT_JITTER_MS, standard.jitterMs()),
                (int) o.get(Options.RECONNECT_MAX_ATTEMPTS, standard.maxAttempts())));
    return o.has(Options.HEARTBEAT_INTERVAL_MS) || o.has(Options.PONG_TIMEOUT_MS)
        ? set.withHeartbeat(
            o.get(Options.HEARTBEAT_INTERVAL_MS, config.heartbeatIntervalMs()),
            o.get(Options.PONG_TIMEOUT_MS, config.pongTimeoutMs()))
        : set;
  }

  /** The scenario with the target's own words for what it wants said. */
  public static Scenario forTarget(Scenario scenario, Target target) throws Unmet {
    Map<String, PersonScript> people = new LinkedHashMap<>();
    for (PersonScript script : scenario.people().values()) {
      List<Action> actions = new ArrayList<>();
      for (Action action : script.actions()) {
        actions.add(
            switch (action) {
              case Action.Say say -> said(say, target);
              case Action.Push push -> new Action.Push(words(push.content(), target), push.times());
              case Action.Expect e when e.what() instanceof Expectation.Echoed echo ->
                  new Action.Expect(
                      new Expectation.Echoed(words(echo.content(), target)), e.withinMs());
              default -> action;
            });
      }
      people.put(script.name(), new PersonScript(script.name(), actions));
    }
    return scenario.with(people, scenario.faults());
  }

  private static Action.Say said(Action.Say say, Target target) throws Unmet {
    return new Action.Say(words(say.content(), target), say.as(), say.times());
  }

  private static String words(String text, Target target) throws Unmet {
    if (!text.startsWith(STIMULUS)) {
      return text;
    }
    Stimulus stimulus = stimulus(text);
    if (stimulus == null) {
      throw new Unmet("no stimulus is called " + text.substring(1));
    }
    String content = target.stimulus(stimulus);
    if (content == null) {
      throw new Unmet("needs what to say for stimuli." + stimulus.word());
    }
    return content;
  }

  /** The stimulus that a text of a scenario names; null where the text is meant as it is. */
  public static @Nullable Stimulus stimulus(String text) {
    for (Stimulus stimulus : Stimulus.values()) {
      if (text.equals(STIMULUS + stimulus.word())) {
        return stimulus;
      }
    }
    return null;
  }

  /** What keeps a scenario from being played against a target. */
  public static Unmet unmet(String reason) {
    return new Unmet(reason);
  }

  /** The longest that a scenario's scripts can take when every wait is used up. */
  public static long longestMs(Scenario scenario) {
    long longest = 0;
    for (PersonScript script : scenario.people().values()) {
      long sum = 0;
      for (Action action : script.actions()) {
        sum =
            switch (action) {
              case Action.Expect e -> sum + e.withinMs();
              case Action.Pause p -> sum + p.ms();
              case Action.At at -> Math.max(sum, at.ms());
              default -> sum;
            };
      }
      longest = Math.max(longest, sum);
    }
    return longest;
  }

  /** How a client must be set to go on over HTTP while sockets are off, and to come back. */
  public static ClientConfig client(Scenario scenario, Profile profile) {
    ClientConfig config = client(scenario.options(), profile);
    return scenario.needsHttp() ? config.withTransport(true, RECHECK_MS) : config;
  }

  /** Whether a scenario waits longer than anybody should wait for a quick answer. */
  public static boolean slow(Scenario scenario) {
    return scenario.faults().stream().anyMatch(f -> f.atMs() + f.forMs() > 5_000);
  }
}
