package dev.holdfast.cli.gate;

import dev.holdfast.load.LoadPlan;
import dev.holdfast.load.LoadProfile;
import dev.holdfast.load.Mix;
import dev.holdfast.load.Persona;
import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A load before it is known against whom.
 *
 * @param users null for as many as the profile says
 * @param durationMs null for as long as the profile says
 * @param open which model, whether messages are due on a schedule; null for the profile's own
 * @param mix null for all kinds of people that the target is known to serve
 * @param drops of those, how many in a hundred lose the network now and then
 */
public record LoadShape(
    LoadProfile profile,
    @Nullable Integer users,
    @Nullable Long durationMs,
    @Nullable Boolean open,
    @Nullable Mix mix,
    int drops) {
  private static final int FEW_DROP = 10;

  /** Most times to come back in are a matter of seconds: many must drop for enough of them. */
  private static final int MANY_DROP = 50;

  /** A load in which few lose the network. */
  public LoadShape(
      LoadProfile profile,
      @Nullable Integer users,
      @Nullable Long durationMs,
      @Nullable Boolean open,
      @Nullable Mix mix) {
    this(profile, users, durationMs, open, mix, FEW_DROP);
  }

  /** Ten people for ten seconds. */
  public static final LoadShape SMOKE = new LoadShape(LoadProfile.SMOKE, null, null, null, null);

  /** Two dozen people for twelve seconds: enough answers for a 99th percentile. */
  public static final LoadShape GATE =
      new LoadShape(LoadProfile.SMOKE, 24, 12_000L, null, null, MANY_DROP);

  /** Twenty people for five seconds. */
  public static final LoadShape GLANCE = new LoadShape(LoadProfile.SMOKE, 20, 5_000L, null, null);

  /** A hundred people for a minute, who talk on a schedule whatever the server does. */
  public static final LoadShape STEADY = new LoadShape(LoadProfile.STEADY, null, null, null, null);

  /** What makes the scripted agent stream its answer. */
  private static final String STREAMED = "#agent tokens=20\nTell me a story";

  /**
   * The plan against a target.
   *
   * @param scripted whether its agent understands the {@code #agent} line
   * @throws IllegalArgumentException if there is no such load; the message says what there is
   */
  public LoadPlan against(Target target, boolean scripted) {
    boolean resume = scripted || target.profile() == Profile.RESUME;
    LoadPlan plan = LoadPlan.of(profile, target.url()).withHttp(target.http()).withResume(resume);
    String plain = target.stimulus(Stimulus.PLAIN);
    plan = plain == null ? plan : plan.saying(List.of(plain));
    String streamed = target.stimulus(Stimulus.LONG);
    if (scripted) {
      plan = plan.streaming(STREAMED);
    } else if (streamed != null) {
      plan = plan.streaming(streamed);
    }
    plan = plan.withMix(mix == null ? everybody(target, resume, drops) : mix);
    plan = users == null ? plan : plan.withUsers(users);
    plan = open == null ? plan : plan.withModel(open);
    return durationMs == null ? plan : plan.lasting(durationMs);
  }

  /** Who streams needs profile resume, who polls needs HTTP. */
  private static Mix everybody(Target target, boolean resume, int drops) {
    Map<Persona, Integer> weights = new EnumMap<>(Persona.class);
    weights.put(Persona.TALK, 70 - drops);
    weights.put(Persona.IDLE, 10);
    weights.put(Persona.DROP, drops);
    if (resume) {
      weights.put(Persona.STREAM, 15);
    }
    if (target.has(Target.Endpoint.CHAT)) {
      weights.put(Persona.POLL, 5);
    }
    return new Mix(weights);
  }
}
