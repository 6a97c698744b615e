package dev.holdfast.load;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Who comes when, and what they do: the profiles as Gatling's scenarios. */
final class Populations {
  private static final long LONGEST_RAMP_MS = 10_000;
  private static final Duration OUTAGE = Duration.ofSeconds(2);

  private final Load load;

  Populations(Load load) {
    this.load = load;
  }

  List<PopulationBuilder> all() {
    int users = load.plan().users();
    return switch (load.plan().profile()) {
      case SMOKE -> List.of(people("people", visits(load::running)).injectOpen(atOnceUsers(users)));
      case STEADY ->
          List.of(
              people("people", visits(load::running)).injectOpen(rampUsers(users).during(ramp())));
      case SPIKE -> spike(users);
      case SOAK ->
          List.of(
              people("people", visit())
                  .injectClosed(constantConcurrentUsers(users).during(duration(1))));
      case STORM -> List.of(people("people", stormy()).injectOpen(rampUsers(users).during(ramp())));
    };
  }

  private List<PopulationBuilder> spike(int users) {
    int residents = Math.max(1, users / 10);
    PopulationBuilder stay =
        people("residents", visits(load::running)).injectOpen(atOnceUsers(residents));
    if (users == residents) {
      return List.of(stay);
    }
    return List.of(
        stay,
        people("crowd", visits(() -> load.before(2 / 3.0)))
            .injectOpen(nothingFor(duration(1 / 3.0)), atOnceUsers(users - residents)));
  }

  private Duration duration(double share) {
    return Duration.ofMillis(Math.round(load.plan().durationMs() * share));
  }

  private Duration ramp() {
    return Duration.ofMillis(Math.min(LONGEST_RAMP_MS, load.plan().durationMs() / 4));
  }

  private ScenarioBuilder people(String name, ChainBuilder life) {
    return scenario(name).exec(s -> s.set(Step.USER, new VirtualUser(load, s.userId()))).exec(life);
  }

  private ChainBuilder visits(BooleanSupplier go) {
    return asLongAs(s -> go.getAsBoolean()).on(visit(), pause(s -> user(s).breath()));
  }

  private ChainBuilder visit() {
    return exec(step("arrive", VirtualUser::arrive))
        .exec(talk(() -> true))
        .exec(step("leave", VirtualUser::leave));
  }

  private ChainBuilder stormy() {
    return exec(step("arrive", VirtualUser::arrive))
        .exec(talk(() -> load.before(0.5)))
        .exec(step("lose the network", VirtualUser::offline))
        .pause(OUTAGE)
        .exec(step("come back", VirtualUser::online))
        .exec(talk(() -> true))
        .exec(step("leave", VirtualUser::leave));
  }

  private ChainBuilder talk(BooleanSupplier go) {
    return asLongAs(s -> go.getAsBoolean() && user(s).talking())
        .on(exec(step("say", VirtualUser::say)), pause(s -> user(s).rest()));
  }

  private static Step step(String name, Step.Body body) {
    return new Step(name, body);
  }

  private static VirtualUser user(Session session) {
    return session.<VirtualUser>get(Step.USER);
  }
}
