package dev.holdfast.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import java.time.Duration;

/**
 * When people come, in the plan's model: open, as many as are due whoever is there; or closed, so
 * that as many are there as there should be.
 */
final class Arrivals {
  private static final long LONGEST_RAMP_MS = 10_000;

  private final LoadPlan plan;
  private final boolean open;

  Arrivals(LoadPlan plan) {
    this.plan = plan;
    open = plan.pace().scheduled();
  }

  /** All at the start. */
  PopulationBuilder atOnce(ScenarioBuilder who, int people) {
    return open
        ? who.injectOpen(atOnceUsers(people))
        : who.injectClosed(constantConcurrentUsers(people).during(part(1)));
  }

  /** One after the other over a quarter of the load, ten seconds at most. */
  PopulationBuilder ramp(ScenarioBuilder who, int people) {
    Duration ramp = Duration.ofMillis(Math.min(LONGEST_RAMP_MS, plan.durationMs() / 4));
    return open
        ? who.injectOpen(rampUsers(people).during(ramp))
        : who.injectClosed(
            rampConcurrentUsers(0).to(people).during(ramp),
            constantConcurrentUsers(people).during(part(1).minus(ramp)));
  }

  /** All at once for the middle third. */
  PopulationBuilder middleThird(ScenarioBuilder who, int people) {
    Duration third = part(1 / 3.0);
    return open
        ? who.injectOpen(nothingFor(third), atOnceUsers(people))
        : who.injectClosed(
            constantConcurrentUsers(0).during(third),
            constantConcurrentUsers(people).during(third));
  }

  /** One conversation each, all the time; open, at the rate that keeps as many there. */
  PopulationBuilder comeAndGo(ScenarioBuilder who, int people) {
    double visitSeconds = Math.max(1, plan.pace().ms() * plan.messagesEach() / 1_000.0);
    return open
        ? who.injectOpen(constantUsersPerSec(people / visitSeconds).during(part(1)))
        : who.injectClosed(constantConcurrentUsers(people).during(part(1)));
  }

  private Duration part(double share) {
    return Duration.ofMillis(Math.round(plan.durationMs() * share));
  }
}
