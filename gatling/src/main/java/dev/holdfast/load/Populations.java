package dev.holdfast.load;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Who is there and what they do, as Gatling's scenarios; {@link Arrivals} says when they come. */
final class Populations {
  static final Duration OUTAGE = Duration.ofSeconds(2);

  private final Load load;
  private final Arrivals arrivals;

  Populations(Load load) {
    this.load = load;
    arrivals = new Arrivals(load.plan());
  }

  List<PopulationBuilder> all() {
    List<PopulationBuilder> all = new ArrayList<>();
    load.plan()
        .crowd()
        .forEach((persona, people) -> {
          if (people > 0) {
            all.addAll(come(persona, people));
          }
        });
    return all;
  }

  private List<PopulationBuilder> come(Persona persona, int people) {
    return switch (load.plan().profile()) {
      case SMOKE -> List.of(arrivals.atOnce(stays(persona), people));
      case STEADY -> List.of(arrivals.ramp(stays(persona), people));
      case SOAK -> List.of(arrivals.comeAndGo(person(persona, "", visit(persona)), people));
      case STORM -> List.of(arrivals.ramp(weathers(persona), people));
      case SPIKE -> spike(persona, people);
    };
  }

  private List<PopulationBuilder> spike(Persona persona, int people) {
    int residents = Math.max(1, people / 10);
    PopulationBuilder stay = arrivals.atOnce(stays(persona), residents);
    if (people == residents) {
      return List.of(stay);
    }
    ChainBuilder whileItLasts = visits(persona, () -> load.before(2 / 3.0));
    return List.of(
        stay,
        arrivals.middleThird(person(persona, " in the crowd", whileItLasts), people - residents));
  }

  private ScenarioBuilder stays(Persona persona) {
    return person(persona, "", visits(persona, load::running));
  }

  /** Who polls has no connection to lose. */
  private ScenarioBuilder weathers(Persona persona) {
    boolean cut = !load.plan().restarts() && persona != Persona.POLL;
    return person(persona, "", cut ? stormy(persona) : visits(persona, load::running));
  }

  private ScenarioBuilder person(Persona persona, String where, ChainBuilder life) {
    return scenario(persona.word() + where)
        .exec(s -> s.set(Step.USER, new VirtualUser(load, persona, s.userId())))
        .exec(life);
  }

  private ChainBuilder visits(Persona persona, BooleanSupplier go) {
    return asLongAs(s -> go.getAsBoolean()).on(visit(persona), pause(s -> user(s).breath()));
  }

  private ChainBuilder visit(Persona persona) {
    return exec(step("arrive", VirtualUser::arrive))
        .exec(persona == Persona.IDLE ? idle() : talk(() -> true))
        .exec(step("leave", VirtualUser::leave));
  }

  private ChainBuilder stormy(Persona persona) {
    return exec(step("arrive", VirtualUser::arrive))
        .exec(talk(() -> load.before(persona == Persona.IDLE ? 0.01 : LoadPlan.STORM_AT)))
        .pause(s -> Duration.ofMillis(Math.max(0, load.plan().stormAtMs() - load.elapsedMs())))
        .exec(step("lose the network", VirtualUser::offline))
        .pause(OUTAGE)
        .exec(step("come back", VirtualUser::online))
        .exec(persona == Persona.IDLE ? idle() : talk(() -> true))
        .exec(step("leave", VirtualUser::leave));
  }

  private ChainBuilder talk(BooleanSupplier go) {
    return asLongAs(s -> go.getAsBoolean() && user(s).talking())
        .on(exec(step("say", VirtualUser::say)), pause(s -> user(s).rest()));
  }

  /** A word at first, heartbeats, a last word: it shows that the silence did no harm. */
  private ChainBuilder idle() {
    return exec(word()).exec(pause(s -> user(s).idle())).exec(word());
  }

  private static ChainBuilder word() {
    return doIf(s -> user(s).wellConnected()).then(exec(step("say", VirtualUser::say)));
  }

  private static Step step(String name, Step.Body body) {
    return new Step(name, body);
  }

  private static VirtualUser user(Session session) {
    return session.<VirtualUser>get(Step.USER);
  }
}
