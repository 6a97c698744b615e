package dev.holdfast.scenarios.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Which paths of a target's HTTP side its owner declared: nothing is judged by another one. */
public final class Endpoints {
  public static final String CHAT = "/api/chat";
  public static final String TRANSPORT = "/api/transport";
  public static final String ADMIN = "/admin/rollout";

  private Endpoints() {}

  /**
   * Whether all of these paths were declared.
   *
   * @throws IllegalArgumentException if the protocol describes no endpoint at one of them
   */
  public static boolean declared(Target target, String... paths) {
    return Arrays.stream(paths).allMatch(path -> target.has(Target.Endpoint.at(path)));
  }

  /** Says what to declare, {@code declare target.endpoints: [/api/chat]}. */
  public static String declare(String... paths) {
    return Arrays.stream(paths)
        .collect(Collectors.joining(", ", "declare target.endpoints: [", "]"));
  }
}
