package dev.holdfast.scenarios.model;

import dev.holdfast.client.persona.PersonScript;
import dev.holdfast.protocol.Profile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A story to be played: people, what they do, what goes wrong meanwhile, and what must hold after.
 *
 * @param clause the clause that it is about
 * @param title one sentence for people
 * @param profile the only profile in which it has a meaning, or null for both
 * @param options overrides of the client's and the reference server's settings
 * @param expect names of the checkers that judge it
 * @param durability what the target's store must survive: none or process
 * @param gate whether it is part of {@code gate}
 * @param quick whether it is part of {@code gate --quick}
 */
public record Scenario(
    String name,
    String clause,
    String title,
    @Nullable Profile profile,
    Options options,
    Map<String, PersonScript> people,
    List<FaultPlan> faults,
    List<String> expect,
    String durability,
    boolean gate,
    boolean quick) {

  public Scenario {
    people = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(people));
    faults = List.copyOf(faults);
    expect = List.copyOf(expect);
  }

  /** Whether it says anything of a target that speaks this profile. */
  public boolean appliesTo(Profile spoken) {
    return profile == null || profile == spoken;
  }

  /** Whether its people know of each other, which takes capabilities of the target's. */
  public boolean isTogether() {
    return options.get(Options.TOGETHER, 0) != 0;
  }

  /** Whether some fault strikes the server's process, so that nobody else may share it. */
  public boolean needsOwnServer() {
    return faults.stream().anyMatch(plan -> plan.fault().equals(SIGKILL));
  }

  /**
   * The fault that ends the server's process at once; it is started again when the fault is over.
   */
  public static final String SIGKILL = "sigkill";

  /**
   * A fault and when it strikes.
   *
   * @param trigger what it waits for, or null when it strikes at a time
   * @param atMs where there is no trigger: 0 strikes before anybody connects, more counts in
   *     milliseconds from the moment when everybody is connected for the first time
   * @param fault its name, as the fault proxy knows it
   * @param forMs how long it lasts; 0 to the end of the scenario
   */
  public record FaultPlan(
      @Nullable Trigger trigger, long atMs, String fault, Map<String, Object> args, long forMs) {
    public FaultPlan {
      args = Map.copyOf(args);
    }
  }

  /** The nth frame of a type that a person receives. */
  public record Trigger(String person, String type, int nth) {}
}
