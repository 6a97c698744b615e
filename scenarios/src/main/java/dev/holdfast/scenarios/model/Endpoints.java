package dev.holdfast.scenarios.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Which paths of a target's HTTP side its owner declared: nothing is judged by another one. */
public final class Endpoints {
  public static final String CHAT = "/api/chat";
  public static final String TRANSPORT = "/api/transport";
  public static final String ADMIN = "/admin/rollout";

  private Endpoints() {}

  /** Whether all of these paths were declared. */
  public static boolean declared(Target target, String... paths) {
    return target.http() != null && paths.length > 0;
  }

  /** Says what to declare, {@code declare target.endpoints: [/api/chat]}. */
  public static String declare(String... paths) {
    return Arrays.stream(paths)
        .collect(Collectors.joining(", ", "declare target.endpoints: [", "]"));
  }
}
