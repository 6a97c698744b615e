package dev.holdfast.scenarios.explore;

import dev.holdfast.client.persona.Action;
import dev.holdfast.client.persona.PersonScript;
import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.model.Options;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import dev.holdfast.scenarios.world.FaultKind;
import dev.holdfast.scenarios.world.Grounds;
import dev.holdfast.scenarios.world.Story;
import dev.holdfast.scenarios.world.Story.Deed;
import dev.holdfast.scenarios.world.Story.Ill;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads a scenario that has a world back as the story that it was: {@link StoryYaml} reversed. */
public final class Stories {
  /** The world's names for what scenarios have as options. */
  static final Map<String, String> OPTIONS =
      Map.of(
          "reconnect_base_ms", Options.RECONNECT_BASE_MS,
          "reconnect_cap_ms", Options.RECONNECT_CAP_MS,
          "reconnect_jitter_ms", Options.RECONNECT_JITTER_MS,
          "max_attempts", Options.RECONNECT_MAX_ATTEMPTS,
          "heartbeat_ms", Options.HEARTBEAT_INTERVAL_MS,
          "pong_timeout_ms", Options.PONG_TIMEOUT_MS);

  private Stories() {}

  /**
   * The story that a scenario tells.
   *
   * @throws IllegalArgumentException if it has no world, or says what no story can
   */
  public static Story of(Scenario scenario) {
    Scenario.World world = scenario.world();
    if (world == null) {
      throw new IllegalArgumentException(scenario.name() + " has no world: it is no story");
    }
    Map<String, Object> ground = new LinkedHashMap<>(world.ground());
    OPTIONS.forEach((ours, option) -> {
      if (scenario.options().has(option)) {
        ground.put(ours, scenario.options().get(option, 0));
      }
    });
    List<String> names = List.copyOf(scenario.people().keySet());
    return new Story(
        world.seed(),
        Objects.requireNonNullElse(scenario.profile(), Profile.RESUME),
        Grounds.of(ground),
        scenario.people().values().stream()
            .map(script -> person(script, scenario.isTogether()))
            .toList(),
        scenario.faults().stream().map(plan -> ill(plan, names)).toList(),
        false);
  }

  private static Story.Person person(PersonScript script, boolean shares) {
    List<Deed> deeds = new ArrayList<>();
    long at = 0;
    for (Action action : script.actions()) {
      switch (action) {
        case Action.At then -> at = then.ms();
        case Action.Say s -> {
          for (int i = 0; i < s.times(); i++) {
            deeds.add(new Deed.Say(at, s.content()));
          }
        }
        case Action.Cancel c -> deeds.add(new Deed.Cancel(at));
        case Action.Offline o -> deeds.add(new Deed.Offline(at));
        case Action.Online o -> deeds.add(new Deed.Online(at));
        case Action.Disconnect d -> deeds.add(new Deed.Disconnect(at));
        case Action.Connect c -> deeds.add(new Deed.Connect(at));
        case Action.Retry r -> deeds.add(new Deed.Retry(at));
        case Action.OpenTab o -> deeds.add(new Deed.OpenTab(at));
        case Action.CloseTab c -> deeds.add(new Deed.CloseTab(at));
        case Action.Push p -> deeds.add(new Deed.Push(at, p.content(), p.times()));
        // Every story heals and waits in the end, whatever its people do.
        case Action.Heal h -> {}
        case Action.Expect e -> {}
        case Action.Pause p -> at += p.ms();
        case Action.Join j ->
            throw new IllegalArgumentException(script.name() + ": a story has no join");
        case Action.Close c ->
            throw new IllegalArgumentException(script.name() + ": a story has no close");
      }
    }
    String session = "s-" + script.name();
    return new Story.Person(script.name(), shares ? Story.Person.SHARED + session : session, deeds);
  }

  private static Ill ill(FaultPlan plan, List<String> people) {
    FaultKind kind = FaultKind.of(plan.fault());
    if (kind == null || plan.trigger() != null) {
      throw new IllegalArgumentException(
          "no story has the fault " + plan.fault() + (kind == null ? "" : " on a frame"));
    }
    int who = plan.person() == null ? -1 : people.indexOf(plan.person());
    return new Ill(kind, plan.atMs(), plan.forMs(), who, plan.number("size", 0));
  }
}
