package dev.holdfast.scenarios.chaos;

import dev.holdfast.client.access.Access;
import dev.holdfast.client.persona.Person;
import dev.holdfast.proxy.engine.FaultEngine;
import dev.holdfast.proxy.engine.Injection;
import dev.holdfast.proxy.engine.Link;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.rollout.HttpTransports;
import dev.holdfast.scenarios.world.FaultKind;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a scenario's faults are made where there are sockets, also those that stories call so. */
final class OnSockets {
  private static final String SIZE = "size";

  /** The words of stories, and the fault of the proxy that does the same to a socket. */
  private static final Map<String, String> SAME =
      Map.of(
          "stall",
          "bandwidth",
          "refused",
          "handshake_status",
          "accept_and_silence",
          "accept_silent");

  /** These say nothing to connections that are open already, which the story cuts as they begin. */
  private static final List<String> CUTS_FIRST = List.of("refused", "accept_and_silence");

  private OnSockets() {}

  static boolean can(FaultPlan plan, FaultEngine engine) {
    return engine.supports(SAME.getOrDefault(plan.fault(), plan.fault()));
  }

  /** Strikes links; it has bitten as often as on all of them together. */
  static Injection onLinks(FaultPlan plan, List<Link> links) {
    String fault = SAME.getOrDefault(plan.fault(), plan.fault());
    List<Injection> all = new ArrayList<>();
    for (Link link : links) {
      all.add(link.inject(fault, args(plan)));
      if (CUTS_FIRST.contains(plan.fault())) {
        link.inject("down", Map.of()).remove();
      }
    }
    return Injection.of(
        plan.fault(),
        () -> all.stream().mapToLong(Injection::bites).sum(),
        () -> all.forEach(Injection::remove));
  }

  /** A story says how bad a fault is by one number; the simulated world reads it the same way. */
  private static Map<String, Object> args(FaultPlan plan) {
    long size = plan.number(SIZE, 0);
    Map<String, Object> args = new LinkedHashMap<>(plan.args());
    args.remove(SIZE);
    boolean ofStory = plan.args().containsKey(SIZE) || plan.args().isEmpty();
    if (ofStory) {
      args.putAll(
          switch (plan.fault()) {
            case "latency" -> Map.of("latency", size % 400 + 20, "jitter", size % 150);
            case "bandwidth" -> Map.of("rate", Math.max(1, (size % 8_000 + 1_000) / 1_000));
            case "stall" -> Map.of("rate", 0L, "stream", "both");
            case "refused" ->
                Map.of(
                    "status", size % 2 == 0 ? 503L : 429L, "retry_after_s", size % 3_000 / 1_000);
            default -> Map.of();
          });
    }
    return args;
  }

  /** Sets the date of a person's machine. */
  static Injection clockJump(FaultPlan plan, Person person) {
    person.jumpClock(FaultKind.jumpMs(plan.number(SIZE, 0)));
    return Injection.of(plan.fault(), () -> 1, () -> {});
  }

  /** Turns WebSockets off at a server that lets us, and on again. */
  static Injection killSwitch(URI url, Access access) {
    set(url, access, false);
    return Injection.of(Scenario.FLAG_OFF, () -> 1, () -> set(url, access, true));
  }

  private static void set(URI url, Access access, boolean enabled) {
    try {
      new HttpTransports(Target.httpBeside(url), access).set(enabled, 100);
    } catch (IOException e) {
      throw new IllegalStateException("the kill switch could not be turned", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
