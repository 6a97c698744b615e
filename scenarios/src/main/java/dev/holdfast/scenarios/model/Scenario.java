package dev.holdfast.scenarios.model;

import dev.holdfast.client.persona.PersonScript;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.scenarios.check.Premise;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A story to be played: people, what they do, what goes wrong meanwhile, and what must hold after.
 *
 * @param clause the clause that it is about
 * @param title one sentence for people
 * @param premise the situation that its history must prove before anything is judged
 * @param profile the only profile in which it has a meaning, or null for both
 * @param options overrides of the client's and the reference server's settings
 * @param expect names of the checkers that judge it
 * @param durability what the target's store must survive: none or process
 * @param gate whether it is part of {@code gate}
 * @param quick whether it is part of {@code gate --quick}
 * @param server settings that the server must have, by the names of its options
 * @param world what else the simulated world needs to play it as it was found there; null for a
 *     scenario that was written by hand
 */
public record Scenario(
    String name,
    String clause,
    String title,
    Premise premise,
    @Nullable Profile profile,
    Options options,
    Map<String, PersonScript> people,
    List<FaultPlan> faults,
    List<String> expect,
    String durability,
    boolean gate,
    boolean quick,
    Map<String, Long> server,
    @Nullable World world) {

  /**
   * The world of a story that was found by simulation.
   *
   * @param seed of all chance in it
   * @param ground what it is like while nothing goes wrong, as far as it is not plain
   */
  public record World(long seed, Map<String, Object> ground) {
    public World {
      ground = Map.copyOf(ground);
    }
  }

  public Scenario {
    people = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(people));
    faults = List.copyOf(faults);
    expect = List.copyOf(expect);
    server = Map.copyOf(server);
  }

  /** The same story of other people and faults. */
  public Scenario with(Map<String, PersonScript> others, List<FaultPlan> plans) {
    return with(premise, others, plans);
  }

  /** The same story, judged only where another situation arose. */
  public Scenario supposing(Premise other) {
    return with(other, people, faults);
  }

  private Scenario with(Premise supposed, Map<String, PersonScript> others, List<FaultPlan> plans) {
    return new Scenario(
        name,
        clause,
        title,
        supposed,
        profile,
        options,
        others,
        plans,
        expect,
        durability,
        gate,
        quick,
        server,
        world);
  }

  /** Whether it says anything of a target that speaks this profile. */
  public boolean appliesTo(Profile spoken) {
    return profile == null || profile == spoken;
  }

  /** Whether its people know of each other, which takes capabilities of the target's. */
  public boolean isTogether() {
    return options.get(Options.TOGETHER, 0) != 0;
  }

  /** Whether some fault strikes the server itself, so that nobody else may share it. */
  public boolean needsOwnServer() {
    return !server.isEmpty() || faults.stream().anyMatch(plan -> OF_SERVER.contains(plan.fault()));
  }

  /** Whether some fault strikes one person alone, who then needs a link of their own. */
  public boolean needsOwnLinks() {
    return faults.stream().anyMatch(plan -> plan.person() != null);
  }

  /** Whether the kill switch is used, so that clients need a way beside the socket. */
  public boolean needsHttp() {
    return faults.stream().anyMatch(plan -> plan.fault().equals(FLAG_OFF));
  }

  /**
   * The fault that ends the server's process at once; it is started again when the fault is over.
   */
  public static final String SIGKILL = "sigkill";

  /** Asks the process to end, as an operator does; it is started again when the fault is over. */
  public static final String SIGTERM = "sigterm";

  /** Stops the process where it stands; it goes on when the fault is over. */
  public static final String SIGSTOP = "sigstop";

  /** The kill switch: WebSockets are off until the fault is over. */
  public static final String FLAG_OFF = "flag_off";

  /** A client's date is set. */
  public static final String CLOCK_JUMP = "clock_jump";

  /** The setting of a server that says how many bytes a peer may leave unread. */
  public static final String OUTBOUND_BYTES = "outbound_bytes";

  /** The faults that strike the server itself. */
  public static final Set<String> OF_SERVER = Set.of(SIGKILL, SIGTERM, SIGSTOP, FLAG_OFF);

  /**
   * A fault and when it strikes.
   *
   * @param trigger what it waits for, or null when it strikes at a time
   * @param atMs where there is no trigger: 0 strikes before anybody connects, more counts in
   *     milliseconds from the moment when everybody is connected for the first time
   * @param fault its name, as the fault proxy knows it
   * @param forMs how long it lasts; 0 to the end of the scenario
   * @param person whose link it strikes, or null for everybody's
   */
  public record FaultPlan(
      @Nullable Trigger trigger,
      long atMs,
      String fault,
      Map<String, Object> args,
      long forMs,
      @Nullable String person) {
    public FaultPlan {
      args = Map.copyOf(args);
    }

    /** The same fault, waiting for something else. */
    public FaultPlan waitingFor(Trigger other) {
      return new FaultPlan(other, atMs, fault, args, forMs, person);
    }

    /** The same fault, later by so many milliseconds where it strikes at a time after the start. */
    public FaultPlan later(long ms) {
      boolean timed = trigger == null && atMs > 0;
      return new FaultPlan(trigger, timed ? atMs + ms : atMs, fault, args, forMs, person);
    }

    /** The same fault with other arguments. */
    public FaultPlan with(Map<String, Object> others) {
      return new FaultPlan(trigger, atMs, fault, others, forMs, person);
    }

    /** A number among its arguments, or {@code otherwise}. */
    public long number(String name, long otherwise) {
      return args.get(name) instanceof Number n ? n.longValue() : otherwise;
    }
  }

  /** The nth frame of a type that a person receives. */
  public record Trigger(String person, String type, int nth) {
    /** Whether a frame counts: a piece of an answer does not, for their number is chance. */
    public boolean counts(Frame frame) {
      return frame.type().word().equals(type) && !isPiece(frame);
    }

    /** Whether a frame is a message that is only a part of an answer. */
    public static boolean isPiece(Frame frame) {
      return frame.body() instanceof Message message && message.isPiece();
    }
  }
}
